import { readFile, rm } from 'node:fs/promises'
import { AwsError } from '../aws/errors.ts'
import { readDeclaredChecksum } from './checksums.ts'
import { deleteKey } from './delete-object.ts'
import { notEmulated, S3Error } from './errors.ts'
import { MAX_DELETE_KEYS, MAX_XML_BODY_BYTES } from './limits.ts'
import { type Operation, type S3Request, type S3State, XML_CONTENT_TYPE } from './operation.ts'
import { receiveBody } from './receive-body.ts'
import { asList, readXml, writeXml, type XmlValue } from './xml.ts'

/** Reads an XML body, after the same checks as an object's. */
export async function readXmlBody(
  { storage }: S3State,
  { http, headers, payloadHash }: S3Request,
  root: string,
): Promise<Record<string, unknown>> {
  const { path } = await receiveBody(http, headers, payloadHash, storage.temporaryFile(), MAX_XML_BODY_BYTES)
  try {
    return readXml(await readFile(path, 'utf8'), root)
  } finally {
    await rm(path, { force: true })
  }
}

/** DeleteObjects: each key is authorized and answered on its own. */
export const deleteObjects: Operation = async (state, request, bucket) => {
  if (request.headers['content-md5'] === undefined && readDeclaredChecksum(request.headers) === undefined) {
    throw new S3Error('InvalidRequest', 'Missing required header for this request: Content-MD5')
  }
  const content = await readXmlBody(state, request, 'Delete')
  const wanted = asList(content.Object)
  if (wanted.length === 0 || wanted.length > MAX_DELETE_KEYS) {
    throw new S3Error('MalformedXML', `Expected 1 to ${MAX_DELETE_KEYS} objects to delete, received ${wanted.length}`)
  }
  const conditional = wanted.flatMap((each) => Object.keys(each)).find((name) => name !== 'Key' && name !== 'VersionId')
  if (conditional) throw notEmulated(`${conditional} in DeleteObjects`)

  const deleted: XmlValue[] = []
  const errors: XmlValue[] = []
  for (const each of wanted) {
    const key = String(each.Key ?? '')
    const versionId = each.VersionId === undefined ? undefined : String(each.VersionId)
    try {
      const result = deleteKey(state, request, bucket, key, versionId)
      const marker = result.deleteMarker ? { DeleteMarker: true, DeleteMarkerVersionId: result.versionId } : {}
      deleted.push({ Key: key, VersionId: versionId, ...marker })
    } catch (error) {
      if (!(error instanceof AwsError)) throw error
      errors.push({ Key: key, VersionId: versionId, Code: error.code, Message: error.message })
    }
  }
  const quiet = content.Quiet === 'true'
  return {
    status: 200,
    headers: XML_CONTENT_TYPE,
    body: writeXml('DeleteResult', { Deleted: quiet ? [] : deleted, Error: errors }),
  }
}
