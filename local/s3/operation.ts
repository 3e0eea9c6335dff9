import type { IncomingMessage } from 'node:http'
import type { Caller } from '../aws/caller.ts'
import type { ServiceContext } from '../aws/context.ts'
import type { Bucket } from './bucket.ts'
import type { Notifications } from './notifications.ts'
import type { Storage } from './storage.ts'

/** Headers of a request, lower-case names; several of one name are joined by a comma. */
export type Headers = Record<string, string | undefined>

/** What all operations work on. */
export interface S3State {
  context: ServiceContext
  storage: Storage
  notifications: Notifications
  buckets: ReadonlyMap<string, Bucket>
  /** For multipart uploads that are under way; exists already. */
  uploadsDir: string
}

/** Who asks, and how the request says so: all that a decision about access needs. */
export interface Requester {
  caller: Caller
  /** Undefined for an unsigned request and for callers within the process. */
  signature?: { presigned: boolean }
  sourceIp: string
}

/** A request that was understood and whose signature is good; nothing is authorized yet. */
export interface S3Request extends Requester {
  http: IncomingMessage
  requestId: string
  /** Undefined for ListBuckets only. */
  bucketName?: string
  /** Decoded; empty when the request is for the bucket itself. */
  key: string
  query: ReadonlyMap<string, string>
  headers: Headers
  /** As signed: hex, UNSIGNED-PAYLOAD or a STREAMING marker. */
  payloadHash: string
}

export interface S3Answer {
  status: number
  headers?: Record<string, string | undefined>
  /** A document, or a stretch of a file: first and last byte, both included. */
  body?: string | { path: string; first: number; last: number }
}

export type Operation = (state: S3State, request: S3Request, bucket: Bucket) => Promise<S3Answer>

export const XML_CONTENT_TYPE = { 'content-type': 'application/xml' }
