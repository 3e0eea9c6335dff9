import type { HTTPRequest as HttpRequest } from '@aws-appsync/utils'
import { failOn } from './data-source-error.ts'

/** What an HTTP data source answers. */
export interface HttpResult {
  statusCode: number
  body: string
}

export interface Message {
  body: string
  /** Nobody receives the message before, 0 to 900. */
  delaySeconds: number
  /** Texts by name. */
  attributes?: Record<string, string>
}

const HTTP_OK = 200

/** SendMessageBatch to an SQS queue: up to 10 messages. */
export function sendMessages(queueUrl: string, messages: Message[]): HttpRequest<string> {
  const Entries = messages.map(({ body, delaySeconds, attributes }, index) => ({
    Id: `${index}`,
    MessageBody: body,
    DelaySeconds: delaySeconds,
    MessageAttributes: typed(attributes ?? {}),
  }))
  return {
    method: 'POST',
    resourcePath: '/',
    params: {
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.SendMessageBatch' },
      body: JSON.stringify({ QueueUrl: queueUrl, Entries }),
    },
  }
}

function typed(attributes: Record<string, string>): Record<string, object> {
  const values: Record<string, object> = {}
  Object.keys(attributes).forEach((name) => {
    values[name] = { DataType: 'String', StringValue: attributes[name] }
  })
  return values
}

/** Ends the resolver unless SQS took every message. */
export function checkSent(error: { message: string; type: string } | undefined, result: HttpResult): void {
  failOn(error)
  const { statusCode, body } = result
  const failed = statusCode === HTTP_OK ? (JSON.parse(body) as { Failed?: object[] }).Failed ?? [] : [{}]
  if (failed.length > 0) failOn({ type: `SQS:${statusCode}`, message: body })
}
