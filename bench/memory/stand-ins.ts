import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { readFile } from 'node:fs/promises'
import { serve } from '../local-api.ts'
import type { Photo } from '../photos.ts'

/** Whose the photographs are, and what their variants' keys begin with; of no consequence. */
export const OWNER = 'owner'
const MEDIA_KEY = 'AAECAwQFBgcICQoLDA0ODw'

const OK = 200
const LABELS = { Labels: [{ Name: 'Nature', Confidence: 99.5, Parents: [], Instances: [] }] }

/**
 * S3, Rekognition and AppSync in one server of this process, as far as `process-image` asks them: they answer at once,
 * so that what is measured is the function. Originals are the photographs, under their number for an id.
 */
export async function startStandIns(photos: Photo[]): Promise<Server> {
  const originals = await Promise.all(photos.map(({ path }) => readFile(path)))
  const numberIn = (text: string): number => Number(/original-(\d+)/.exec(text)?.[1])
  const answer = ({ method, url = '', headers }: IncomingMessage, body: string): string | Buffer => {
    if (url.startsWith('/graphql')) {
      const number = numberIn(body)
      const image = {
        id: originalId(number), owner: OWNER, contentType: 'image/jpeg', byteSize: originals[number]?.length,
        mediaKey: MEDIA_KEY,
      }
      return JSON.stringify({ data: { recordImageProcessed: image } })
    }
    if (String(headers['x-amz-target']).endsWith('.DetectLabels')) return JSON.stringify(LABELS)
    if (method === 'GET') return originals[numberIn(url)] ?? ''
    if (method === 'PUT') return ''
    throw new Error(`expected a call that process-image makes, got ${String(method)} ${url}`)
  }
  return serve((request, response) => void receive(request).then((body) => send(response, answer(request, body))))
}

export function originalId(number: number): string {
  return `original-${number}`
}

/** The body as text; what variants hold is of no consequence. */
async function receive(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('latin1')
}

function send(response: ServerResponse, body: string | Buffer): void {
  const type = typeof body === 'string' ? 'application/json' : 'image/jpeg'
  response.writeHead(OK, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body)
}
