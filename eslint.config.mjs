import appsync from '@aws-appsync/eslint-plugin'
import tseslint from 'typescript-eslint'

const RESOLVERS = ['resolvers/**/*.ts']

/** Where a forgotten promise is lost work. Each has a tsconfig.json of its own, so that few types need loading. */
const ASYNCHRONOUS = ['{resolvers,functions,local}/**/*.ts']

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
