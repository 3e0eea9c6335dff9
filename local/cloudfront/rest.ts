import { randomUUID } from 'node:crypto'
import { XMLBuilder, XMLParser, XMLValidator } from 'fast-xml-parser'
import type { Caller } from '../aws/caller.ts'
import { AwsError, NotImplemented } from '../aws/errors.ts'
import type { CloudFront } from './cloudfront.ts'
import type { Invalidation, InvalidationBatch } from './invalidations.ts'

/** A request of CloudFront's REST API; whoever listens has checked its signature. */
interface RestRequest {
  method: string
  /** Path and query, not decoded. */
  url: string
  body: string
}

interface RestResponse {
  statusCode: number
  headers: Record<string, string>
  body: string
}

/** Date in the path of CloudFront's API version, by which a listener tells its requests from others. */
export const CLOUDFRONT_PATH_PREFIX = '/2020-05-31/'

const INVALIDATIONS_PATH = /^\/2020-05-31\/distribution\/([^/?]+)\/invalidation(?:\/([^/?]+))?$/
const NAMESPACE = 'http://cloudfront.amazonaws.com/doc/2020-05-31/'
const DECLARATION = '<?xml version="1.0"?>\n'
const FORBIDDEN = 403
const NOT_FOUND = 404
/** Most that one list holds: the default of ListInvalidations. */
const PAGE_SIZE = 100

/** What the JSON protocols call the errors of a signature, and what CloudFront does. Source: "Common errors". */
const SIGNATURE_ERRORS: Record<string, string> = {
  MissingAuthenticationTokenException: 'MissingAuthenticationToken',
  IncompleteSignatureException: 'IncompleteSignature',
  UnrecognizedClientException: 'InvalidClientTokenId',
  InvalidSignatureException: 'SignatureDoesNotMatch',
}

const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@' })
const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false, removeNSPrefix: true })

/** Answers one request as CloudFront's API does, errors too. */
export function handleCloudFrontRest(cloudFront: CloudFront, request: RestRequest, caller: Caller): RestResponse {
  try {
    return perform(cloudFront, request, caller)
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    return cloudFrontError(error)
  }
}

/** An error as CloudFront writes it. */
export function cloudFrontError({ code, message, statusCode }: AwsError): RestResponse {
  const Code = SIGNATURE_ERRORS[code]
  const error = { Type: 'Sender', Code: Code ?? code, Message: message }
  return answer(Code ? FORBIDDEN : statusCode, 'ErrorResponse', { Error: error, RequestId: randomUUID() })
}

function perform(cloudFront: CloudFront, { method, url, body }: RestRequest, caller: Caller): RestResponse {
  const [path = '', query] = url.split('?')
  const [, distributionId, invalidationId] = INVALIDATIONS_PATH.exec(path) ?? []
  if (distributionId === undefined) throw new NotImplemented(`CloudFront ${method} ${path}`)
  if (method === 'POST' && invalidationId === undefined) {
    const invalidations = cloudFront.invalidations(distributionId, 'cloudfront:CreateInvalidation', caller)
    const created = invalidations.create(readBatch(body))
    const location = `https://cloudfront.amazonaws.com${path}/${created.id}`
    return answer(201, 'Invalidation', invalidationElement(created), { location })
  }
  if (method !== 'GET') throw new NotImplemented(`CloudFront ${method} ${path}`)
  if (invalidationId === undefined) {
    if (query) throw new NotImplemented('CloudFront ListInvalidations in pages')
    const all = cloudFront.invalidations(distributionId, 'cloudfront:ListInvalidations', caller).list()
    return answer(200, 'InvalidationList', listElement(all.slice(0, PAGE_SIZE), all.length > PAGE_SIZE))
  }
  const found = cloudFront.invalidations(distributionId, 'cloudfront:GetInvalidation', caller).find(invalidationId)
  if (!found) {
    throw new AwsError('NoSuchInvalidation', `There is no invalidation ${invalidationId}.`, NOT_FOUND)
  }
  return answer(200, 'Invalidation', invalidationElement(found))
}

/** @throws AwsError MissingBody, MalformedXML, InconsistentQuantities, InvalidArgument */
function readBatch(body: string): InvalidationBatch {
  if (body.trim() === '') throw new AwsError('MissingBody', 'This operation requires a body.')
  const parsed = XMLValidator.validate(body) === true ? (parser.parse(body) as Record<string, unknown>) : {}
  const batch = parsed.InvalidationBatch as Record<string, unknown> | undefined
  if (typeof batch !== 'object') throw new AwsError('MalformedXML', 'Expected an InvalidationBatch as XML.')
  const unknown = Object.keys(batch).find((name) => !['CallerReference', 'Paths'].includes(name))
  if (unknown) throw new NotImplemented(`CloudFront: ${unknown} of an invalidation`)
  const { Quantity, Items } = (batch.Paths ?? {}) as { Quantity?: string; Items?: { Path?: string | string[] } }
  const paths = [Items?.Path ?? []].flat().map(String)
  if (Number(Quantity) !== paths.length) {
    throw new AwsError('InconsistentQuantities', `Quantity is ${Quantity}, and there are ${paths.length} paths.`)
  }
  const callerReference = String(batch.CallerReference ?? '')
  if (callerReference === '') throw new AwsError('InvalidArgument', 'Expected a CallerReference, received none.')
  return { callerReference, paths }
}

function invalidationElement(invalidation: Invalidation): object {
  const { callerReference, paths } = invalidation
  const Paths = { Quantity: paths.length, Items: { Path: paths } }
  return { ...summaryElement(invalidation), InvalidationBatch: { Paths, CallerReference: callerReference } }
}

function summaryElement({ id, createdAt }: Invalidation): object {
  return { Id: id, Status: 'Completed', CreateTime: new Date(createdAt).toISOString() }
}

function listElement(page: Invalidation[], IsTruncated: boolean): object {
  return {
    Marker: '',
    MaxItems: PAGE_SIZE,
    IsTruncated,
    Quantity: page.length,
    Items: { InvalidationSummary: page.map(summaryElement) },
  }
}

function answer(
  statusCode: number, root: string, content: object, headers: Record<string, string> = {},
): RestResponse {
  const body = DECLARATION + builder.build({ [root]: { '@xmlns': NAMESPACE, ...content } })
  return { statusCode, headers: { 'content-type': 'text/xml', ...headers }, body }
}
