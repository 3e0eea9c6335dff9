import { WebSocket } from 'ws'
import type { Fixture } from '../fixtures/index.ts'
import { queryAs, signIn, type ClientConfig, type Ticket } from '../local/start/given-client.ts'

const REQUEST = `mutation ($input: RequestUploadInput!) { requestUpload(input: $input) {
  image { id status } upload { url method headers { name value } } } }`

const STATUS = 'query ($id: ID!) { image(id: $id) { status } }'

/** Somebody who signed in, hears of every image of theirs that ends, and uploads. */
export class User {
  private constructor(
    private readonly query: ReturnType<typeof queryAs>,
    private readonly socket: WebSocket,
  ) {}

  /** @param onEnd called with every event. Resolves once the subscription stands */
  static async signIn(config: ClientConfig, onEnd: (event: { id: string; status: string }) => void): Promise<User> {
    const idToken = await signIn(config)
    const { host } = new URL(config.graphqlUrl)
    const authorization = { host, Authorization: idToken }
    const header = Buffer.from(JSON.stringify(authorization)).toString('base64url')
    const socket = new WebSocket(`ws://${host}/graphql/realtime`, ['graphql-ws', `header-${header}`])
    const data = JSON.stringify({ query: 'subscription { onImageProcessed { id status } }', variables: {} })
    const start = { id: '1', type: 'start', payload: { data, extensions: { authorization } } }
    await new Promise<void>((resolve, reject) => {
      socket.on('open', () => socket.send('{"type":"connection_init"}'))
      socket.on('error', reject)
      socket.on('message', (frame) => {
        const message = JSON.parse(String(frame)) as { type: string; payload?: unknown }
        if (message.type === 'connection_ack') socket.send(JSON.stringify(start))
        if (message.type === 'start_ack') resolve()
        if (message.type.endsWith('error')) reject(new Error(String(frame)))
        if (message.type !== 'data') return
        onEnd((message.payload as { data: { onImageProcessed: { id: string; status: string } } }).data.onImageProcessed)
      })
    })
    return new User(queryAs(config, idToken), socket)
  }

  /** Uploads a file as it was agreed. @returns the image's id. @throws Error with what was answered instead */
  async upload({ bytes, contentType }: Fixture, fileName: string): Promise<string> {
    const input = { fileName, contentType, byteSize: bytes.length }
    const { requestUpload } = await this.query<{ requestUpload: Ticket }>(REQUEST, { input })
    const { url, method, headers } = requestUpload.upload
    const sent = Object.fromEntries(headers.map(({ name, value }) => [name, value]))
    const response = await fetch(url, { method, headers: sent, body: new Uint8Array(bytes) })
    const answer = await response.text()
    if (!response.ok) throw new Error(`S3 refused ${fileName}: ${response.status} ${answer}`)
    return requestUpload.image.id
  }

  /** What is stored of an image of theirs. */
  async status(id: string): Promise<string | undefined> {
    return (await this.query<{ image: { status: string } | null }>(STATUS, { id })).image?.status
  }

  leave(): void {
    this.socket.terminate()
  }
}
