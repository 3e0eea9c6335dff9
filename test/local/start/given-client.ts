import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { WebSocket } from 'ws'
import type { Endpoints } from '../../../local/ports.ts'

/** What a client of the run has to know: `amplify_outputs.json` holds it. */
export interface ClientConfig {
  graphqlUrl: string
  userPoolEndpoint: string
  clientId: string
  user: { username: string; password: string }
}

/** Signs in with the password flow. @returns the id token */
export async function signIn({ userPoolEndpoint, clientId, user }: ClientConfig): Promise<string> {
  const response = await fetch(userPoolEndpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth',
    },
    body: JSON.stringify({
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: clientId,
      AuthParameters: { USERNAME: user.username, PASSWORD: user.password },
    }),
  })
  const answer = (await response.json()) as { AuthenticationResult?: { IdToken: string } }
  if (!answer.AuthenticationResult) throw new Error(`The sign-in failed: ${JSON.stringify(answer)}`)
  return answer.AuthenticationResult.IdToken
}

export type Query = <T>(query: string, variables?: Record<string, unknown>) => Promise<T>

/** Runs GraphQL operations as one user. @throws Error with the answer when it holds errors */
export function queryAs(config: ClientConfig, idToken: string): Query {
  return async <T>(query: string, variables = {}) => {
    const response = await fetch(config.graphqlUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: idToken },
      body: JSON.stringify({ query, variables }),
    })
    const { data, errors } = (await response.json()) as { data: T; errors?: unknown }
    if (errors) throw new Error(JSON.stringify(errors))
    return data
  }
}

/** A small picture with something on it, as JPEG. */
export function picture(): Promise<Buffer> {
  return sharp({ create: { width: 640, height: 480, channels: 3, background: '#3377aa' } })
    .composite([
      { input: { create: { width: 200, height: 200, channels: 3, background: '#ffcc00' } }, left: 40, top: 60 },
    ])
    .jpeg()
    .toBuffer()
}

export interface Ticket {
  image: { id: string; status: string }
  upload: { url: string; method: string; headers: { name: string; value: string }[] }
}

/** Asks for an upload of these bytes, and sends them. @returns the image's id */
export async function upload(query: Query, bytes: Buffer, fileName = 'photo.jpg'): Promise<string> {
  const { requestUpload } = await query<{ requestUpload: Ticket }>(
    `mutation ($input: RequestUploadInput!) { requestUpload(input: $input) {
      image { id status } upload { url method headers { name value } } } }`,
    {
      input: {
        fileName,
        contentType: 'image/jpeg',
        byteSize: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      },
    },
  )
  const { url, method, headers } = requestUpload.upload
  const sent = Object.fromEntries(headers.map(({ name, value }) => [name, value]))
  const response = await fetch(url, { method, body: new Uint8Array(bytes), headers: sent })
  if (!response.ok) throw new Error(`The upload failed: ${response.status} ${await response.text()}`)
  return requestUpload.image.id
}

export interface FinishedImage {
  status: string
  variants: { url: string; width: number; byteSize: number }[]
  thumbhash: string | null
  labelsStatus: string
  failure: unknown
}

const IMAGE = `query ($id: ID!) { image(id: $id) {
  status variants { url width byteSize } thumbhash labelsStatus failure { code message } } }`
const TERMINAL = new Set(['READY', 'REJECTED', 'FAILED', 'EXPIRED'])

/** Waits until the image has reached a terminal state, by its event unless it is there already. */
export async function finished(config: ClientConfig, idToken: string, id: string): Promise<FinishedImage> {
  const query = queryAs(config, idToken)
  const ask = async () => (await query<{ image: FinishedImage }>(IMAGE, { id })).image
  const { host } = new URL(config.graphqlUrl)
  const authorization = { host, Authorization: idToken }
  const socket = new WebSocket(`ws://${host}/graphql/realtime`, [
    'graphql-ws',
    `header-${Buffer.from(JSON.stringify(authorization)).toString('base64url')}`,
  ])
  const send = (message: unknown) => socket.send(JSON.stringify(message))
  try {
    return await new Promise<FinishedImage>((resolve, reject) => {
      const answers: Record<string, () => void> = {
        connection_ack: () =>
          send({
            id: '1',
            type: 'start',
            payload: {
              data: JSON.stringify({
                query: `subscription { onImageProcessed(id: "${id}") { id status } }`,
                variables: {},
              }),
              extensions: { authorization },
            },
          }),
        start_ack: () => void ask().then((image) => TERMINAL.has(image.status) && resolve(image), reject),
        data: () => void ask().then(resolve, reject),
        ka: () => undefined,
      }
      socket.on('open', () => send({ type: 'connection_init' }))
      socket.on('error', reject)
      socket.on('close', () => reject(new Error('The connection was closed')))
      socket.on('message', (frame) => {
        const message = JSON.parse(String(frame)) as { type: string }
        const answer = answers[message.type] ?? (() => reject(new Error(JSON.stringify(message))))
        answer()
      })
    })
  } finally {
    socket.removeAllListeners('close')
    socket.terminate()
  }
}

export function clientConfig(endpoints: Endpoints, clientId: string, user: ClientConfig['user']): ClientConfig {
  return { graphqlUrl: `${endpoints.appsync}/graphql`, userPoolEndpoint: endpoints.aws, clientId, user }
}
