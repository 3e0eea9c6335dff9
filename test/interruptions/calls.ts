import type { Step } from './plan.ts'

/** What a call is about, as far as it says so itself. */
export interface About {
  step: Step | undefined
  /** Undefined when only a media key is said. */
  imageId?: string | undefined
  mediaKey?: string | undefined
}

const NOTHING: About = { step: undefined }

/** `processed/<mediaKey>/...` and `labelling/<mediaKey>.jpeg`, in a path, a query or a body. */
const MEDIA_KEY = /(?:processed\/|labelling\/)(?<mediaKey>[A-Za-z0-9_-]{22})/

/** S3, by method and object key. What lists and removes says in its query or body what of. */
export function s3Call(method: string, path: string, body: Buffer): About {
  const [, , folder = '', , name = ''] = (path.split('?')[0] ?? '').split('/')
  if (folder === 'originals' && method === 'GET') return { step: 'fetch', imageId: name }
  const said = `${decodeURIComponent(path)} ${method === 'POST' ? body.toString() : ''}`
  const mediaKey = MEDIA_KEY.exec(said)?.groups?.mediaKey
  if (mediaKey === undefined) return NOTHING
  if (method === 'PUT') return { step: folder === 'labelling' ? 'put off' : 'store', mediaKey }
  // Variants are listed to be removed; a picture is listed and read to be labelled.
  const isLookUp = method === 'GET' && decodeURIComponent(path).includes('labelling/')
  return { step: isLookUp ? 'look up' : 'clear up', mediaKey }
}

const STEP_OF_STATUS: Record<string, Step> = { PROCESSING: 'claim', FAILED: 'give up' }

/** AppSync, by the mutation and the status that it records. */
export function appSyncCall(body: Buffer): About {
  const { query, variables } = JSON.parse(body.toString()) as {
    query: string
    variables: { input: { id: string; status?: string } }
  }
  const { id: imageId, status = '' } = variables.input
  if (query.includes('recordImageLabels')) return { step: 'record labels', imageId }
  return { imageId, step: STEP_OF_STATUS[status] ?? 'record' }
}
