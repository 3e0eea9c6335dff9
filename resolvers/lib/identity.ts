import type { AppSyncIdentityCognito, Identity } from '@aws-appsync/utils'

/** The signed-in caller's `sub`: the owner of what they upload. Only for fields that the user pool guards. */
export function callerSub(identity: Identity): string {
  return (identity as AppSyncIdentityCognito).sub
}
