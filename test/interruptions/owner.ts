import { WebSocket } from 'ws'
import { tryAgain } from '../../client/try-again.ts'
import type { Cloud } from '../../local/cloud.ts'
import type { Fixture } from '../fixtures/index.ts'
import { clientConfig, queryAs, signIn, type Ticket } from '../local/start/given-client.ts'

/** An image as its owner sees it. */
export interface OwnImage {
  id: string
  status: string
  version: number
  labelsStatus: string
  moderationStatus: string
  variants: { url: string }[]
  failure: { code: string } | null
}

const FIELDS = 'id status version labelsStatus moderationStatus variants { url } failure { code }'

/** Where the owner hears of terminal states, and of labels that come later. */
const SUBSCRIPTIONS = ['onImageProcessed', 'onImageChanged']

const REQUEST = `mutation ($input: RequestUploadInput!) { requestUpload(input: $input) {
  image { id status } upload { url method headers { name value } } } }`

/** Who can't be told of an upload asks once more, as the client does; nobody waits, since blows come by turns. */
const isUnavailable = (error: unknown): boolean => String(error).includes('ServiceUnavailable')
const NO_PAUSES = { pause: async () => undefined, wake: () => undefined, stop: () => undefined }

/** Who uploads, listens, and looks afterwards: the demo user. */
export class Owner {
  /** Every event that came, in order. */
  readonly events: OwnImage[] = []
  private socket: WebSocket | undefined

  constructor(private readonly cloud: Cloud) {}

  /** Uploads a file as it was agreed. @returns the image's id */
  async upload(file: Fixture, fileName: string): Promise<string> {
    const query = await this.query()
    const input = { fileName, contentType: file.contentType, byteSize: file.bytes.length }
    const ask = () => query<{ requestUpload: Ticket }>(REQUEST, { input })
    const { requestUpload } = await tryAgain(ask, { isPassing: isUnavailable, pauses: NO_PAUSES })
    const { url, method, headers } = requestUpload.upload
    const sent = Object.fromEntries(headers.map(({ name, value }) => [name, value]))
    const response = await fetch(url, { method, headers: sent, body: new Uint8Array(file.bytes) })
    if (!response.ok) throw new Error(`The upload failed: ${response.status} ${await response.text()}`)
    await response.arrayBuffer()
    return requestUpload.image.id
  }

  async image(id: string): Promise<OwnImage | null> {
    const query = await this.query()
    return (await query<{ image: OwnImage | null }>(`query ($id: ID!) { image(id: $id) { ${FIELDS} } }`, { id })).image
  }

  /** Resolves once the subscriptions stand; their events are then in `events`. */
  async listen(): Promise<void> {
    const Authorization = await signIn(this.config)
    const { host } = new URL(this.config.graphqlUrl)
    const authorization = { host, Authorization }
    const header = Buffer.from(JSON.stringify(authorization)).toString('base64url')
    const socket = new WebSocket(`ws://${host}/graphql/realtime`, ['graphql-ws', `header-${header}`])
    this.socket = socket
    const waiting = new Set(SUBSCRIPTIONS)
    const startOf = (field: string) => {
      const data = JSON.stringify({ query: `subscription { ${field} { ${FIELDS} } }`, variables: {} })
      return JSON.stringify({ id: field, type: 'start', payload: { data, extensions: { authorization } } })
    }
    await new Promise<void>((resolve, reject) => {
      socket.on('open', () => socket.send('{"type":"connection_init"}'))
      socket.on('error', reject)
      socket.on('message', (frame) => {
        const message = JSON.parse(String(frame)) as { type: string; id?: string; payload?: unknown }
        if (message.type === 'connection_ack') for (const field of SUBSCRIPTIONS) socket.send(startOf(field))
        if (message.type === 'start_ack') waiting.delete(message.id ?? '')
        if (message.type === 'start_ack' && waiting.size === 0) resolve()
        if (message.type.endsWith('error')) reject(new Error(String(frame)))
        if (message.type !== 'data') return
        this.events.push(...Object.values((message.payload as { data: Record<string, OwnImage> }).data))
      })
    })
  }

  stop(): void {
    this.socket?.terminate()
  }

  private idToken: Promise<string> | undefined

  /** Forgets the token: the clock was moved, and it may have expired. */
  signInAnew(): void {
    this.idToken = undefined
  }

  private async query() {
    this.idToken ??= signIn(this.config)
    return queryAs(this.config, await this.idToken)
  }

  private get config() {
    const { endpoints, assembly, demoUser } = this.cloud
    return clientConfig(endpoints, assembly.outputs.UserPoolClientId ?? '', demoUser)
  }
}
