import appsync from '@aws-appsync/eslint-plugin'
import tseslint from 'typescript-eslint'

const RESOLVERS = ['resolvers/**/*.ts']

export default tseslint.config(
  { ignores: ['cdk.out/**', '.build/**', '.local/**', '.test/**', 'generated/**', 'infra/layers/**', '**/*.mjs'] },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommended],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true, argsIgnorePattern: '^_' }],
      'max-lines': ['error', 500],
    },
  },
  { ...appsync.configs.recommended, files: RESOLVERS },
)
