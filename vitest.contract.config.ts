import { defineConfig } from 'vitest/config'

/** Longest a single fact may take: an image is developed from a cold start in seconds, and AWS may be late. */
const TEST_TIMEOUT_MS = 90_000

/** The contract suite; see docs/contract.md. */
export default defineConfig({
  test: {
    globalSetup: ['test/contract/global-setup.ts'],
    include: ['test/contract/**/*.test.ts'],
    reporters: ['default', './test/contract/exceptions-reporter.ts'],
    testTimeout: TEST_TIMEOUT_MS,
    hookTimeout: TEST_TIMEOUT_MS,
  },
})
