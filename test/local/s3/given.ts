import { mkdtempSync, rmSync } from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { S3Client } from '@aws-sdk/client-s3'
import type { Caller } from '../../../local/aws/caller.ts'
import type { ServiceContext } from '../../../local/aws/context.ts'
import { AwsError } from '../../../local/aws/errors.ts'
import type { AccessRequest } from '../../../local/aws/iam.ts'
import type { Resource } from '../../../local/aws/resource.ts'
import type { Clock } from '../../../local/clock.ts'
import { systemClock } from '../../../local/clock.ts'
import type { S3Notification } from '../../../local/s3/notifications.ts'
import { createS3, type S3 } from '../../../local/s3/s3.ts'
import { createSignatureVerifier } from '../../../local/sigv4/verifier.ts'
import { role, storeOf } from '../sigv4/given.ts'

export const BUCKET = 'darkroom-originals'
export const REGION = 'eu-central-1'
export const ACCOUNT_ID = '000000000000'
export const CREDENTIALS = {
  accessKeyId: 'ASIATEST',
  secretAccessKey: 'a secret of these tests',
  sessionToken: 'a token of these tests',
}

/** What the test's IAM lets pass. */
export type Allow = (caller: Caller, request: AccessRequest) => boolean

export function bucket(properties: Record<string, unknown> = {}, name = BUCKET): Resource {
  return {
    logicalId: name,
    type: 'AWS::S3::Bucket',
    physicalId: name,
    attributes: { Arn: `arn:aws:s3:::${name}` },
    properties,
  }
}

export const VERSIONED = { VersioningConfiguration: { Status: 'Enabled' } }

export interface Given {
  resources?: Resource[]
  allow?: Allow
  notify?: (notification: S3Notification) => Promise<void> | void
  clock?: Clock
  /** A data folder of an earlier run; not removed afterwards. */
  dataDir?: string
}

/** An S3 that listens, and a client that speaks to it. */
export interface Running {
  s3: S3
  client: S3Client
  endpoint: string
  dataDir: string
  context: ServiceContext
  /** Every question that IAM was asked. */
  asked: AccessRequest[]
  stop(): Promise<void>
}

export function contextFor(
  { allow = () => true, clock = systemClock }: Given,
  dataDir: string,
  asked: AccessRequest[] = [],
): ServiceContext {
  return {
    dataDir,
    clock,
    region: REGION,
    accountId: ACCOUNT_ID,
    log: () => undefined,
    endpoints: { appsync: '', s3: 'http://127.0.0.1', cloudfront: '', aws: '', explorer: '' },
    authorizer: {
      authorize(caller, request) {
        asked.push(request)
        if (!allow(caller, request))
          throw new AwsError('AccessDenied', `${caller.kind} may not ${request.action} on ${request.resource}`, 403)
      },
    },
    signatures: createSignatureVerifier({ credentials: storeOf(CREDENTIALS), clock }),
  }
}

export async function startS3(given: Given = {}): Promise<Running> {
  const dataDir = given.dataDir ?? mkdtempSync(join(tmpdir(), 'darkroom-s3-'))
  const asked: AccessRequest[] = []
  const context = contextFor(given, dataDir, asked)
  const s3 = createS3(context, { notify: given.notify ?? (() => undefined) })
  s3.deploy(given.resources ?? [bucket()])
  const { server, endpoint } = await listen(s3.handler)
  const client = new S3Client({ region: REGION, endpoint, credentials: CREDENTIALS, maxAttempts: 1 })
  return {
    s3,
    client,
    endpoint,
    dataDir,
    context,
    asked,
    async stop() {
      client.destroy()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await s3.stop()
      if (given.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

export async function listen(handler: http.RequestListener): Promise<{ server: http.Server; endpoint: string }> {
  const server = http.createServer(handler)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

/** Status, headers and text of an answer to a request that no client library touched. */
export interface RawAnswer {
  status: number
  headers: http.IncomingHttpHeaders
  text: string
}

/** @param body undefined ends the request without one; a content-length must be among the headers where it matters */
export function rawRequest(
  url: string,
  {
    method = 'GET',
    headers = {},
    body,
  }: { method?: string; headers?: http.OutgoingHttpHeaders; body?: string | Buffer } = {},
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString('utf8'),
        }),
      )
    })
    request.on('error', reject)
    request.end(body)
  })
}

/** The `<Code>` of an error's XML. */
export const codeOf = (text: string): string | undefined => /<Code>(.*?)<\/Code>/.exec(text)?.[1]

export { role }
