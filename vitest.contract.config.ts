import { defineConfig } from 'vitest/config'

/** Longest a single fact may take: an image is developed from a cold start in seconds, and AWS may be late. */
const TEST_TIMEOUT_MS = 90_000

// What the AWS SDK thinks of this Node's age is no news here; the test processes inherit it.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'

/** The contract suite; see docs/contract.md. */
export default defineConfig({
  test: {
    globalSetup: ['test/contract/global-setup.ts'],
    include: ['test/contract/**/*.test.ts'],
    reporters: ['default', './test/contract/exceptions-reporter.ts'],
    // The files share nothing but modules, and loading the AWS SDK and Amplify once a file costs more than the tests.
    isolate: false,
    testTimeout: TEST_TIMEOUT_MS,
    hookTimeout: TEST_TIMEOUT_MS,
  },
})
