/** Something the person at the terminal can understand and act on: printed as one line, exit code 1. */
export class ClientError extends Error {}

/** Runs a command's main function; a ClientError becomes one line on stderr and exit code 1. */
export async function runCommand(main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main()
  } catch (error) {
    if (!(error instanceof ClientError)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}
