import { readFile } from 'node:fs/promises'
import type { AccessRequest } from '../../local/aws/iam.ts'
import { startCloud } from '../../local/cloud.ts'
import { createAuthorizer } from '../../local/iam/authorize.ts'
import { clientConfig, finished, queryAs, signIn, upload } from '../../test/local/start/given-client.ts'
import type { Photo } from '../photos.ts'

/** Queues are polled, and asked whether they may be, without a message too; DynamoDB is counted in units. */
const NOT_COUNTED = [/^sqs:(?!SendMessage)/, /^dynamodb:/]

/** How often something was asked of AWS, in the mean of an image, by action. */
export type Requests = Map<string, number>

/**
 * Uploads photographs to the whole local cloud, and counts what IAM is asked until they are READY: each is a request,
 * or a part of one, that AWS charges for.
 */
export async function countRequests(photos: Photo[], assemblyDir: string, dataDir: string): Promise<Requests> {
  const counts = new Map<string, number>()
  const { authorize } = createAuthorizer()
  const count = ({ action }: AccessRequest): void => {
    if (!NOT_COUNTED.some((pattern) => pattern.test(action))) counts.set(action, (counts.get(action) ?? 0) + 1)
  }
  const cloud = await startCloud({
    assemblyDir,
    dataDir,
    basePort: 0,
    log: () => undefined,
    authorizer: {
      authorize(caller, request) {
        authorize(caller, request)
        count(request)
      },
    },
  })
  try {
    const config = clientConfig(cloud.endpoints, cloud.assembly.outputs.UserPoolClientId ?? '', cloud.demoUser)
    const token = await signIn(config)
    counts.clear()
    for (const { name, path } of photos) {
      const id = await upload(queryAs(config, token), await readFile(path), name)
      const { status } = await finished(config, token, id)
      if (status !== 'READY') throw new Error(`expected ${name} to be READY, got ${status}`)
    }
  } finally {
    // What is under way is done first: the message of the last image is deleted after the image is READY.
    await cloud.stop()
  }
  return new Map([...counts].map(([action, times]) => [action, times / photos.length]))
}
