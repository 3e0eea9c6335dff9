import type { Caller } from '../aws/caller.ts'

/** Who sent a message, as `SenderId` tells. AWS tells principals' unique ids, which roles don't have here. */
export function senderId(caller: Caller): string {
  if (caller.kind === 'service') return caller.service
  return caller.kind === 'anonymous' ? 'anonymous' : caller.arn
}
