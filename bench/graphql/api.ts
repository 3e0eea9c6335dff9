import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { synthesize } from '../../infra/synth.ts'
import { createUserPoolVerifier } from '../../local/appsync/auth/user-pool.ts'
import { toApiItem } from '../../local/appsync/dynamodb/attribute-values.ts'
import { toMapValues } from '../../local/appsync/runtime/util/dynamodb-values.ts'
import { systemClock } from '../../local/clock.ts'
import { close, originOf, serve, startLocalApi } from '../local-api.ts'
import { imageItem, OWNER } from './image-items.ts'
import { createYogaHandler } from './yoga.ts'

/** Images in the table: ten pages of twenty. */
const IMAGES = 200

/** Both servers over one store, in this process. */
export interface GraphqlServers {
  urls: Record<'darkroom' | 'yoga', string>
  /** An id token of the images' owner. */
  token: string
  stop(): Promise<void>
}

/** Synthesizes the stack, deploys its table and its API to memory, and serves the same schema by graphql-yoga too. */
export async function startServers(): Promise<GraphqlServers> {
  const folder = await mkdtemp(join(tmpdir(), 'darkroom-bench-'))
  const assemblyDir = join(folder, 'assembly')
  await synthesize({ out: assemblyDir })
  const api = await startLocalApi({ assemblyDir, folder, owner: OWNER, isStored: false })
  const { dynamodb, userPool, tableName } = api
  for (let number = 0; number < IMAGES; number += 1) {
    const item = toApiItem(toMapValues(imageItem(number)), 'item')
    await dynamodb.call('PutItem', { TableName: tableName, Item: item }, { kind: 'operator', arn: 'operator' })
  }
  const trusted = { userPoolId: userPool.id, defaultAction: 'ALLOW' } as const
  const verifier = createUserPoolVerifier(trusted, () => userPool.jwks, systemClock)
  const yoga = await serve(createYogaHandler({ ...api, verifier }))
  return {
    urls: { darkroom: api.url, yoga: `${originOf(yoga)}/graphql` },
    token: api.token,
    async stop() {
      await close(yoga)
      await api.stop()
      await rm(folder, { recursive: true })
    },
  }
}
