import { util } from '@aws-appsync/utils'

/**
 * Ends the resolver when its data source failed. Whatever the source said goes to the log and not to the caller:
 * it is our failure, and trying again may help.
 */
export function failOn(error: { message: string; type: string } | undefined): void {
  if (error) {
    console.error(`${error.type}: ${error.message}`)
    util.error('Darkroom could not do this just now. Try again.', 'ServiceUnavailable')
  }
}
