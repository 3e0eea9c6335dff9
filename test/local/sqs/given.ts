import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SQSClient } from '@aws-sdk/client-sqs'
import type { Caller } from '../../../local/aws/caller.ts'
import type { ServiceContext } from '../../../local/aws/context.ts'
import { AwsError } from '../../../local/aws/errors.ts'
import type { AccessRequest } from '../../../local/aws/iam.ts'
import type { JsonService } from '../../../local/aws/json-service.ts'
import type { Resource } from '../../../local/aws/resource.ts'
import { SqsError } from '../../../local/sqs/errors.ts'
import { createSqs, type Sqs } from '../../../local/sqs/sqs.ts'
import { HandClock } from './hand-clock.ts'

export const REGION = 'eu-central-1'
export const ACCOUNT = '000000000000'
export const OPERATOR: Caller = { kind: 'operator', arn: `arn:aws:iam::${ACCOUNT}:user/operator` }

export const arnOf = (name: string): string => `arn:aws:sqs:${REGION}:${ACCOUNT}:${name}`
export const urlOf = (name: string): string => `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${name}`

export const queueResource = (name: string, properties: Record<string, unknown> = {}): Resource => ({
  logicalId: name.replaceAll('-', ''),
  type: 'AWS::SQS::Queue',
  physicalId: urlOf(name),
  attributes: { Arn: arnOf(name), QueueName: name, QueueUrl: urlOf(name) },
  properties: { QueueName: name, ...properties },
})

export interface Asked extends AccessRequest {
  caller: Caller
}

/** A context whose IAM allows all but what `denied` names, and remembers what it was asked. */
export function givenContext(dataDir: string, clock = new HandClock()) {
  const asked: Asked[] = []
  const denied = new Set<string>()
  const context: ServiceContext = {
    dataDir,
    clock,
    log: () => undefined,
    region: REGION,
    accountId: ACCOUNT,
    endpoints: { appsync: '', s3: '', cloudfront: '', aws: 'http://127.0.0.1', explorer: '' },
    authorizer: {
      authorize(caller, request) {
        asked.push({ caller, ...request })
        if (denied.has(request.action)) throw new AwsError('AccessDenied', `${request.action} is denied`, 403)
      },
    },
    signatures: {
      verify() {
        throw new Error('nothing here checks signatures')
      },
    },
  }
  return { context, clock, asked, denied }
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request) body += String(chunk)
  return body
}

/** Serves a JSON service to real clients, every one of them as the operator. */
export async function serve(service: JsonService): Promise<{ endpoint: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    void (async () => {
      const operation = String(request.headers['x-amz-target']).split('.').at(-1) ?? ''
      response.setHeader('content-type', `application/x-amz-json-${service.jsonVersion}`)
      try {
        const input = JSON.parse(await readBody(request)) as Record<string, unknown>
        response.end(JSON.stringify(await service.call(operation, input, OPERATOR)))
      } catch (error) {
        if (!(error instanceof AwsError)) throw error
        if (error instanceof SqsError) response.setHeaders(new Map(Object.entries(error.headers)))
        response.statusCode = error.statusCode
        response.end(JSON.stringify({ __type: error.code, message: error.message, ...error.members }))
      }
    })()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => {
      server.closeAllConnections()
      server.close(() => resolve())
    }),
  }
}

/** A running SQS with a client; `restart` ends it as a crash would, and starts another on the same files. */
export async function givenSqs(resources: Resource[]) {
  const dataDir = mkdtempSync(join(tmpdir(), 'sqs-'))
  const given = givenContext(dataDir)
  const running = { sqs: createSqs(given.context) }
  running.sqs.deploy(resources)
  const front: JsonService = {
    targetPrefix: 'AmazonSQS',
    jsonVersion: '1.0',
    call: (operation, input, caller) => running.sqs.call(operation, input, caller),
  }
  const server = await serve(front)
  given.context.endpoints.aws = server.endpoint
  const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' }
  const client = new SQSClient({ region: REGION, endpoint: server.endpoint, credentials, maxAttempts: 1 })
  return {
    ...given,
    client,
    dataDir,
    get sqs(): Sqs {
      return running.sqs
    },
    /** Nothing is closed before: the journal alone carries over. */
    restart(next: Resource[] = resources): void {
      running.sqs = createSqs(given.context)
      running.sqs.deploy(next)
    },
    async stop(): Promise<void> {
      client.destroy()
      running.sqs.stop()
      await server.close()
      rmSync(dataDir, { recursive: true })
    },
  }
}

export type GivenSqs = Awaited<ReturnType<typeof givenSqs>>
