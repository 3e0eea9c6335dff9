import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb'
import { GetObjectCommand, ListBucketsCommand, S3Client } from '@aws-sdk/client-s3'
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { startCloud, type Cloud } from '../../../local/cloud.ts'
import { silentLog } from '../../../local/log.ts'
import { clientConfig, finished, picture, queryAs, signIn, upload, type ClientConfig } from './given-client.ts'

let dataDir: string
let cloud: Cloud
let config: ClientConfig
let idToken: string
beforeAll(async () => {
  dataDir = mkdtempSync(path.join(os.tmpdir(), 'cloud-'))
  cloud = await startCloud({ assemblyDir: inject('assemblyDir'), dataDir, basePort: 0, log: silentLog })
  config = clientConfig(cloud.endpoints, cloud.assembly.outputs.UserPoolClientId ?? '', cloud.demoUser)
  idToken = await signIn(config)
})
afterAll(async () => {
  await cloud.stop()
  rmSync(dataDir, { recursive: true })
})

const clientOptions = (
  endpoint: string,
  credentials: Cloud['credentialsFor'] extends (who: never) => infer C ? C : never,
) => ({
  endpoint,
  region: cloud.assembly.region,
  credentials,
  maxAttempts: 1,
})
const roleArn = (logicalId: string) => {
  const role = cloud.assembly.resources.find(
    (resource) => resource.logicalId.startsWith(logicalId) && resource.type === 'AWS::IAM::Role',
  )
  if (!role?.attributes.Arn) throw new Error(`No role ${logicalId}`)
  return { roleArn: role.attributes.Arn }
}

it('takes a photo from upload to served variants', async () => {
  const id = await upload(queryAs(config, idToken), await picture())
  const image = await finished(config, idToken, id)
  expect(image).toMatchObject({ status: 'READY', failure: null })
  expect(image.variants.length).toBeGreaterThan(0)
  for (const { url, byteSize } of image.variants) {
    expect(url.startsWith(cloud.endpoints.cloudfront)).toBe(true)
    const response = await fetch(url)
    expect(response.status).toBe(200)
    expect((await response.arrayBuffer()).byteLength).toBe(byteSize)
  }
})

it("lets the operator use AWS's own clients", async () => {
  const credentials = cloud.credentialsFor('operator')
  const s3 = new S3Client(clientOptions(cloud.endpoints.s3, credentials))
  const dynamodb = new DynamoDBClient(clientOptions(cloud.endpoints.aws, credentials))
  const sqs = new SQSClient(clientOptions(cloud.endpoints.aws, credentials))
  const { Buckets } = await s3.send(new ListBucketsCommand({}))
  expect(Buckets?.map(({ Name }) => Name)).toContain(cloud.assembly.outputs.OriginalsBucketName)
  expect((await dynamodb.send(new ListTablesCommand({}))).TableNames).toEqual([cloud.assembly.outputs.TableName])
  expect((await sqs.send(new ListQueuesCommand({}))).QueueUrls).toContain(cloud.assembly.outputs.ArrivalsQueueUrl)
  for (const client of [s3, dynamodb, sqs]) client.destroy()
})

it('refuses a role what its policies do not grant', async () => {
  const credentials = cloud.credentialsFor(roleArn('UploadSigning'))
  const s3 = new S3Client(clientOptions(cloud.endpoints.s3, credentials))
  const dynamodb = new DynamoDBClient(clientOptions(cloud.endpoints.aws, credentials))
  const get = new GetObjectCommand({ Bucket: cloud.assembly.outputs.OriginalsBucketName, Key: 'originals/x' })
  await expect(s3.send(get)).rejects.toMatchObject({ name: 'AccessDenied' })
  await expect(dynamodb.send(new ListTablesCommand({}))).rejects.toMatchObject({ name: 'AccessDeniedException' })
  for (const client of [s3, dynamodb]) client.destroy()
})

it('lets one process have the data folder', async () => {
  const second = startCloud({ assemblyDir: inject('assemblyDir'), dataDir, basePort: 0, log: silentLog })
  await expect(second).rejects.toThrow(`in use by process ${process.pid}`)
})

it('leaves nothing behind when it cannot start', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cloud-fails-'))
  const options = {
    assemblyDir: path.join(folder, 'none'),
    dataDir: path.join(folder, 'data'),
    basePort: 0,
    log: silentLog,
  }
  await expect(startCloud(options)).rejects.toThrow('manifest.json does not exist')
  await expect(startCloud(options)).rejects.toThrow('manifest.json does not exist')
  rmSync(folder, { recursive: true })
})
