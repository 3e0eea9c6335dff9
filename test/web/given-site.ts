import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CognitoIdentityProviderClient, SignUpCommand } from '@aws-sdk/client-cognito-identity-provider'
import { inject } from 'vitest'
import { startCloud, type Cloud } from '../../local/cloud.ts'

/** The stack that would be deployed, running here with an empty data folder, and pages at the explorer's address. */
export interface Site {
  cloud: Cloud
  /** Where the pages are, with a slash at the end. */
  url: string
  stop(): Promise<void>
}

/** @param build puts the pages into a folder, given by its absolute path */
export async function givenSite(build: (folder: string) => Promise<void>): Promise<Site> {
  const root = await mkdtemp(join(tmpdir(), 'darkroom-web-'))
  const pagesDir = join(root, 'pages')
  await build(pagesDir)
  const cloud = await startCloud({
    assemblyDir: inject('assemblyDir'),
    dataDir: join(root, 'data'),
    basePort: 0,
    log: () => {},
    pagesDir,
  })
  return {
    cloud,
    url: `${cloud.endpoints.explorer}/`,
    async stop() {
      await cloud.stop()
      await rm(root, { recursive: true, force: true })
    },
  }
}

/** Signs up somebody new, as anybody may. */
export async function signUp({ assembly, endpoints }: Cloud, username: string, password: string): Promise<void> {
  const client = new CognitoIdentityProviderClient({ region: assembly.region, endpoint: endpoints.aws })
  const appClient = assembly.resources.find(({ type }) => type === 'AWS::Cognito::UserPoolClient')
  await client.send(
    new SignUpCommand({
      ClientId: appClient!.physicalId,
      Username: username,
      Password: password,
      UserAttributes: [{ Name: 'email', Value: username }],
    }),
  )
  client.destroy()
}
