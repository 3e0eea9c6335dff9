/** Something the person at the terminal can understand and act on: printed as one line, exit code 1. */
export class ClientError extends Error {}

/**
 * Runs a command's main function and ends the process with what it returns; Amplify would hold it for some seconds
 * more. A ClientError becomes one line on stderr and exit code 1.
 */
export async function runCommand(main: () => Promise<number>): Promise<void> {
  try {
    end(await main())
  } catch (error) {
    if (!(error instanceof ClientError)) throw error
    console.error(error.message)
    end(1)
  }
}

/** Ends the process once everything that was printed has been handed over. */
function end(exitCode: number): void {
  process.stdout.write('', () => process.exit(exitCode))
}
