import { gzipSync } from 'node:zlib'
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { executeAsOperator } from '../../client/operator-graphql.ts'
import { RECORD_IMAGE_PROCESSED } from '../../generated/back-end-mutations.ts'
import { clientConfig, queryAs, signIn, type Query } from '../local/start/given-client.ts'
import { givenMovedCloud, type MovedCloud } from '../e2e/given-moved-cloud.ts'
import { readable } from '../infra/given.ts'

/** What an owner is told of who looked. */
export interface Views {
  views: number | null
  lastViewedAt: string | null
  version: number
}

/** A cloud by a clock of the test, in which images are READY without having been developed. */
export interface ViewedCloud extends MovedCloud {
  owner: string
  query: Query
  graphqlUrl: string
  operator: S3Client
  /** Stores a READY image of the demo user's, with one variant. @returns the variant's path */
  storeImage(id: string, mediaKey: string): Promise<string>
  viewsOf(id: string, query?: Query): Promise<Views | null>
  /** Log files that lie there. */
  logFiles(): Promise<string[]>
  /** Puts a log file there as the CDN would, by the operator's hand. */
  putLogFile(key: string, text: string): Promise<void>
}

const PAYLOAD = 1

const OUTCOME = {
  status: 'READY', sha256: 'ab'.repeat(32), width: 4, height: 3, thumbhash: 'AAAA', dominantColor: '#102030',
  palette: ['#102030'], perceptualHash: '0123456789abcdef', isAnimated: false, hasAlpha: false, labelsStatus: 'READY',
  labels: [], variants: [{ width: 4, height: 3, format: 'webp', byteSize: 9 }],
}

export async function givenViewedCloud(): Promise<ViewedCloud> {
  const moved = await givenMovedCloud()
  const { cloud } = moved
  const { resources, outputs, region } = cloud.assembly
  const config = clientConfig(cloud.endpoints, outputs.UserPoolClientId ?? '', cloud.demoUser)
  const idToken = await signIn(config)
  const claims = Buffer.from(idToken.split('.')[PAYLOAD] ?? '', 'base64url').toString()
  const owner = (JSON.parse(claims) as { sub: string }).sub
  const query = queryAs(config, idToken)
  const graphqlUrl = `${cloud.endpoints.appsync}/graphql`
  const options = { region, credentials: cloud.credentialsFor('operator') }
  const operator = new S3Client({ ...options, endpoint: cloud.endpoints.s3 })
  const logs = resources.find(({ type, logicalId }) => {
    return type === 'AWS::S3::Bucket' && readable(logicalId) === 'AccessLogsBucket'
  })?.physicalId

  return {
    ...moved,
    owner,
    query,
    graphqlUrl,
    operator,
    async storeImage(id, mediaKey) {
      const now = new Date(moved.clock.now()).toISOString()
      const dynamodb = new DynamoDBClient({ ...options, endpoint: cloud.endpoints.aws })
      const texts = {
        id, owner, mediaKey, facet: 'IMAGE', facetKey: `${owner}#PROCESSING`, status: 'PROCESSING', fileName: 'a.jpg',
        contentType: 'image/jpeg', labelsStatus: 'PENDING', createdAt: now, updatedAt: now,
      }
      const attributes = Object.entries(texts).map(([name, S]) => [name, { S }] as const)
      const Item = { ...Object.fromEntries(attributes), version: { N: '2' }, byteSize: { N: '9' } }
      await dynamodb.send(new PutItemCommand({ TableName: outputs.TableName, Item }))
      dynamodb.destroy()
      await executeAsOperator(graphqlUrl, operator, RECORD_IMAGE_PROCESSED, { input: { ...OUTCOME, id, owner } })
      const Key = `processed/${mediaKey}/4.webp`
      const variant = { Bucket: outputs.MediaBucketName, Key, Body: 'a picture', ContentType: 'image/webp' }
      await operator.send(new PutObjectCommand(variant))
      return `/${Key}`
    },
    async viewsOf(id, as = query) {
      const text = 'query ($id: ID!) { image(id: $id) { views lastViewedAt version } }'
      return (await as<{ image: Views | null }>(text, { id })).image
    },
    async logFiles() {
      const { Contents = [] } = await operator.send(new ListObjectsV2Command({ Bucket: logs }))
      return Contents.map(({ Key = '' }) => Key)
    },
    async putLogFile(key, text) {
      await operator.send(new PutObjectCommand({ Bucket: logs, Key: key, Body: gzipSync(text) }))
    },
    async stop() {
      operator.destroy()
      await moved.stop()
    },
  }
}
