import { fetchAuthSession, getCurrentUser, signIn, signOut } from 'aws-amplify/auth'
import { ConsoleLogger } from 'aws-amplify/utils'
import { configureAmplify, type Outputs } from '../configure-amplify.ts'

/** Who asks: nobody but the holder of the API key, or a user of the pool. */
export type Principal = { kind: 'guest' } | { kind: 'user'; username: string }

export function configure(outputs: Outputs): void {
  // Amplify warns of a user pool that is not AWS's own, which the local one is not.
  ConsoleLogger.LOG_LEVEL = 'ERROR'
  configureAmplify(outputs)
}

/** Set when somebody chose to be a guest, so that the page doesn't sign them in again. */
const CHOSE_GUEST = 'darkroom.chose-guest'

/** Who asks when the page opens: who is still signed in, else the demo user where there is one, else a guest. */
export async function firstPrincipal(outputs: Outputs): Promise<Principal> {
  const signedIn = await whoIsSignedIn()
  if (signedIn) return signedIn
  const demo = outputs.custom?.local?.user
  if (!demo || localStorage.getItem(CHOSE_GUEST)) return becomeGuest()
  return become(demo.username, demo.password)
}

/** Asks the user pool, too: tokens of a pool that was emptied since look good until they are used. */
async function whoIsSignedIn(): Promise<Principal | undefined> {
  try {
    const { signInDetails, username } = await getCurrentUser()
    const { tokens } = await fetchAuthSession({ forceRefresh: true })
    return tokens && { kind: 'user', username: signInDetails?.loginId ?? username }
  } catch {
    return undefined
  }
}

/**
 * Whoever was signed in is signed out first, and stays so when this fails.
 * @throws Error with the user pool's own sentence, e.g. "Incorrect username or password."
 */
export async function become(username: string, password: string): Promise<Principal> {
  await signOut()
  await signIn({ username, password })
  localStorage.removeItem(CHOSE_GUEST)
  return { kind: 'user', username }
}

export async function becomeGuest(): Promise<Principal> {
  await signOut()
  localStorage.setItem(CHOSE_GUEST, 'yes')
  return { kind: 'guest' }
}

/** Headers that tell AppSync who asks. */
export async function authorizationHeaders(principal: Principal, outputs: Outputs): Promise<Record<string, string>> {
  if (principal.kind === 'guest') return { 'x-api-key': outputs.data.api_key ?? 'none' }
  const session = await fetchAuthSession()
  return { Authorization: session.tokens?.accessToken.toString() ?? '' }
}
