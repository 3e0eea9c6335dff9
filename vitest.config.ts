import { defineConfig } from 'vitest/config'

/**
 * Tests that configure what a process has only one of: the Amplify client's global configuration, the browser, spies
 * on a module. Each of their files gets a process of its own; all others share theirs, and load every module once.
 */
const ONE_PROCESS_EACH = [
  'test/e2e/**/*.test.ts',
  'test/web/**/*.test.ts',
  'test/corpus/bombs.test.ts',
  'test/local/appsync/amplify.test.ts',
  'test/local/cognito/amplify.test.ts',
]

export default defineConfig({
  test: {
    globalSetup: ['test/global-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Many tests wait for processes and sockets of their own: twice as many workers as cores keep both busy.
    maxWorkers: 4,
    projects: [
      {
        extends: true,
        test: { name: 'apart', include: ONE_PROCESS_EACH },
      },
      {
        extends: true,
        test: {
          name: 'together',
          include: ['test/**/*.test.ts'],
          exclude: [...ONE_PROCESS_EACH, 'test/contract/**'],
          isolate: false,
        },
      },
    ],
  },
})
