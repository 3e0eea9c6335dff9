import { afterAll, expect, inject, it } from 'vitest'
import { startCloud } from '../../local/cloud.ts'
import { clientConfig, finished, picture, queryAs, signIn, upload } from '../local/start/given-client.ts'
import { temporaryFolder } from './prepared-cloud.ts'
import { createRecordingAuthorizer } from './recording-authorizer.ts'
import { nameArns, nameCaller } from './template-names.ts'

const folder = temporaryFolder()
afterAll(() => folder.remove())

const CONSUME = ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage']
const RECORD = 'appsync:GraphQL <ApiGraphqlApi>/types/Mutation/fields/recordImageProcessed'

/** All that one upload needs: who asks for what, from the start of the stack to a variant in the browser. */
const NEEDED: Record<string, string[]> = {
  UploadSigningSignUploadRole: [
    's3:PutObject <OriginalsBucket>/originals/<owner>/<id>',
    'sqs:SendMessage <ExpiryQueueChecks>',
  ],
  ProcessingProcessImageRole: [
    RECORD,
    'rekognition:DetectLabels *',
    's3:GetObjectVersion <OriginalsBucket>/originals/<owner>/<id>',
    's3:PutObject <DeliveryBucket>/processed/<mediaKey>/<long edge>.jpeg',
    's3:PutObject <DeliveryBucket>/processed/<mediaKey>/<long edge>.webp',
    ...CONSUME.map((action) => `${action} <ArrivalQueueArrivals>`),
  ],
  // Nothing has failed and nothing is overdue: they only poll.
  ProcessingRecordFailureRole: CONSUME.map((action) => `${action} <ArrivalQueueDeadLetters>`),
  LabellingLabelImageRole: ['Labels', 'DeadLabels'].flatMap((queue) =>
    CONSUME.map((action) => `${action} <LabelQueue${queue}>`),
  ),
  RemovalRemoveImageRole: CONSUME.map((action) => `${action} <RemovalQueueRemovals>`),
  ExpiryExpireUploadRole: CONSUME.map((action) => `${action} <ExpiryQueueChecks>`),
  // The file that tells of the one GET comes when the cloud stops.
  ViewCountingCountViewsRole: CONSUME.map((action) => `${action} <AccessLogsLogFiles>`),
  ApiImagesReaderRole: [
    'dynamodb:BatchGetItem <StoreImages>',
    'dynamodb:GetItem <StoreImages>',
    'dynamodb:Query <StoreImages>/index/byFacet',
  ],
  ApiImagesWriterRole: ['BatchWriteItem', 'PutItem', 'UpdateItem'].map((call) => `dynamodb:${call} <StoreImages>`),
  ApiSignUploadSourceRole: ['lambda:InvokeFunction <UploadSigningSignUploadFunction>'],
  's3.amazonaws.com': ['sqs:SendMessage <AccessLogsLogFiles>', 'sqs:SendMessage <ArrivalQueueArrivals>'],
  'cloudfront.amazonaws.com': ['s3:GetObject <DeliveryBucket>/processed/<mediaKey>/<long edge>.webp'],
}

it('evaluates every AWS call of an upload against the policies, and no role makes another', async () => {
  const { authorizer, asked } = createRecordingAuthorizer()
  const cloud = await startCloud({
    assemblyDir: inject('assemblyDir'),
    dataDir: folder.path,
    basePort: 0,
    log: () => undefined,
    authorizer,
  })
  try {
    const config = clientConfig(cloud.endpoints, cloud.assembly.outputs.UserPoolClientId ?? '', cloud.demoUser)
    const idToken = await signIn(config)
    const id = await upload(queryAs(config, idToken), await picture())
    const image = await finished(config, idToken, id)
    expect(image.status).toBe('READY')
    expect((await fetch(image.variants[0]?.url ?? '')).status).toBe(200)
  } finally {
    await cloud.stop()
  }

  const found: Record<string, Set<string>> = {}
  for (const { caller, request } of asked) {
    const calls = (found[nameCaller(caller, cloud.assembly)] ??= new Set())
    calls.add(`${request.action} ${nameArns(request.resource, cloud.assembly)}`)
  }
  const sorted = Object.fromEntries(Object.entries(found).map(([who, calls]) => [who, [...calls].sort()]))
  expect(sorted).toEqual(Object.fromEntries(Object.entries(NEEDED).map(([who, calls]) => [who, [...calls].sort()])))
  expect(asked.filter(({ allowed }) => !allowed)).toEqual([])
})
