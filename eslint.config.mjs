import appsync from '@aws-appsync/eslint-plugin'
import tseslint from 'typescript-eslint'

const RESOLVERS = ['resolvers/**/*.ts']

/** Where a forgotten promise would be lost, and types are worth the seconds that they take. */
const ASYNCHRONOUS = ['{resolvers,functions,infra,local,client,web,bin}/**/*.{ts,tsx}']

export default tseslint.config(
  { ignores: ['cdk.out/**', '.build/**', '.local/**', '.test/**', 'generated/**', 'infra/layers/**', '**/*.mjs'] },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommended],
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true, argsIgnorePattern: '^_' }],
      'max-lines': ['error', 500],
    },
  },
  {
    files: ASYNCHRONOUS,
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: { '@typescript-eslint/no-floating-promises': 'error' },
  },
  { ...appsync.configs.recommended, files: RESOLVERS },
)
