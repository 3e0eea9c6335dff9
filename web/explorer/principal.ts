import { Amplify } from 'aws-amplify'
import { fetchAuthSession, getCurrentUser, signIn, signOut } from 'aws-amplify/auth'
import { parseAmplifyConfig } from 'aws-amplify/utils'
import type { Outputs } from './outputs.ts'

/** Who asks: nobody but the holder of the API key, or a user of the pool. */
export type Principal = { kind: 'guest' } | { kind: 'user'; username: string }

export function configure(outputs: Outputs): void {
  const config = parseAmplifyConfig(outputs as never)
  const endpoint = outputs.custom?.local?.userPoolEndpoint
  if (endpoint && config.Auth) config.Auth.Cognito.userPoolEndpoint = endpoint
  Amplify.configure(config)
}

/** The user who is still signed in from before, if any. */
export async function rememberedPrincipal(): Promise<Principal> {
  try {
    await fetchAuthSession()
    const user = await getCurrentUser()
    return { kind: 'user', username: user.signInDetails?.loginId ?? user.username }
  } catch {
    return { kind: 'guest' }
  }
}

/** @throws Error with the user pool's own sentence, e.g. "Incorrect username or password." */
export async function become(username: string, password: string): Promise<Principal> {
  await signOut()
  await signIn({ username, password })
  return { kind: 'user', username }
}

export async function becomeGuest(): Promise<Principal> {
  await signOut()
  return { kind: 'guest' }
}

/** Headers that tell AppSync who asks. */
export async function authorizationHeaders(principal: Principal, outputs: Outputs): Promise<Record<string, string>> {
  if (principal.kind === 'guest') return { 'x-api-key': outputs.data.api_key ?? 'none' }
  const session = await fetchAuthSession()
  return { Authorization: session.tokens?.accessToken.toString() ?? '' }
}
