import type { AppSyncIdentityCognito, Identity } from '@aws-appsync/utils'

/** The signed-in caller's `sub`: the owner of what they upload. Only for fields that the user pool alone guards. */
export function callerSub(identity: Identity): string {
  return (identity as AppSyncIdentityCognito).sub
}

/** Whether the caller is signed in as this owner. A guest, who has no identity, never is. */
export function isOwner(identity: Identity | null | undefined, owner: string): boolean {
  const caller = identity as AppSyncIdentityCognito | null | undefined
  return !!caller && caller.sub === owner
}
