import { readFile } from 'node:fs/promises'
import { ClientError } from './errors.ts'

/** What of `amplify_outputs.json` is used here; the rest is Amplify's. */
export interface Outputs {
  version: string
  auth?: Record<string, unknown>
  data?: { url: string; [key: string]: unknown }
  custom?: { local?: { userPoolEndpoint?: string; user?: { username: string; password: string } } }
}

/** @throws ClientError when there is no such file, or it is not what `npm start` or `npm run deploy` writes */
export async function readOutputs(path: string): Promise<Outputs> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const hint = error.code === 'ENOENT' ? 'Run `npm start` (or `npm run deploy`) first: it writes this file.' : error.code
    throw new ClientError(`Could not read ${path}. ${hint}`)
  })
  let outputs: Outputs
  try {
    outputs = JSON.parse(text) as Outputs
  } catch {
    throw new ClientError(`${path} must be JSON as \`npm start\` writes it; it could not be parsed.`)
  }
  if (!outputs.auth || !outputs.data?.url) {
    throw new ClientError(`${path} must have "auth" and "data.url", as \`npm start\` writes them.`)
  }
  return outputs
}

/** Who signs in: the arguments, else the environment, else the demo user of the local run. */
export function readUser(
  outputs: Outputs,
  given: { username?: string; password?: string },
): { username: string; password: string } {
  const demo = outputs.custom?.local?.user
  const username = given.username ?? process.env.DARKROOM_USERNAME ?? demo?.username
  const password = given.password ?? process.env.DARKROOM_PASSWORD ?? demo?.password
  if (!username || !password) {
    throw new ClientError('Who are you? Give --username and --password, or DARKROOM_USERNAME and DARKROOM_PASSWORD.')
  }
  return { username, password }
}
