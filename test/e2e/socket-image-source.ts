import { WebSocket } from 'ws'
import type { ImageSource } from '../../client/image-source.ts'
import {
  ImageChangesDocument, OnImageChangedDocument, OnImageProcessedDocument, type ImagePartsFragment,
} from '../../generated/client.ts'
import type { Cloud } from '../../local/cloud.ts'
import type { Caller } from '../access/given-callers.ts'

const PATH = '/graphql'
const SUBSCRIPTIONS = [OnImageProcessedDocument, OnImageChangedDocument].map((document) => document.toString())

/** Fewer than there are images, so that a catch-up takes several pages. */
const PAGE_LIMIT = 25

interface Message {
  type: string
  payload?: { data?: Record<string, ImagePartsFragment | null>; errors?: { message: string }[] }
}

/** The images of a caller, by AppSync's own protocols and nothing else, over connections that a test can cut. */
export interface SocketImageSource extends ImageSource<ImagePartsFragment> {
  /** Breaks the connection off, wherever it stands. What is on its way is lost. */
  cut(): void
  /** How many connections there were, images came by them, and by catch-ups. */
  counts: { connections: number; pushed: number; read: number }
}

export function socketImageSource(cloud: Cloud, caller: Caller): SocketImageSource {
  const { host } = new URL(cloud.endpoints.appsync)
  const counts = { connections: 0, pushed: 0, read: 0 }
  let socket: WebSocket | undefined

  return {
    counts,
    cut: () => socket?.terminate(),
    subscribe({ stands, image, failed }) {
      let isOver = false
      let connection: WebSocket | undefined
      const connect = async () => {
        const header = { host, ...(await caller(`${PATH}/connect`, '{}')) }
        if (isOver) return
        counts.connections += 1
        const opened = new WebSocket(`ws://${host}${PATH}/realtime`, [
          'graphql-ws', `header-${Buffer.from(JSON.stringify(header)).toString('base64url')}`,
        ])
        socket = connection = opened
        let acknowledged = 0
        const start = async () => {
          for (const [index, query] of SUBSCRIPTIONS.entries()) {
            const data = JSON.stringify({ query, variables: {} })
            const authorization = { host, ...(await caller(PATH, data)) }
            if (opened.readyState !== WebSocket.OPEN) return
            opened.send(JSON.stringify({ type: 'start', id: `${index}`, payload: { data, extensions: { authorization } } }))
          }
        }
        opened.on('open', () => opened.send(JSON.stringify({ type: 'connection_init' })))
        opened.on('message', (frame: Buffer) => {
          if (isOver) return
          const { type, payload } = JSON.parse(frame.toString()) as Message
          if (type === 'connection_ack') void start()
          if (type === 'start_ack' && ++acknowledged === SUBSCRIPTIONS.length) stands()
          if (type === 'error' || type === 'connection_error') failed(new Error(payload?.errors?.[0]?.message))
          if (type !== 'data') return
          counts.pushed += 1
          image(Object.values(payload?.data ?? {})[0] ?? null)
        })
        opened.on('error', failed)
        opened.on('close', () => failed(new Error('cut off')))
      }
      connect().catch(failed)
      return () => {
        isOver = true
        connection?.terminate()
      }
    },
    async changes(since, nextToken) {
      const variables = { since, nextToken, limit: PAGE_LIMIT }
      const body = JSON.stringify({ query: ImageChangesDocument.toString(), variables })
      const headers = { 'content-type': 'application/json', ...(await caller(PATH, body)) }
      const response = await fetch(`${cloud.endpoints.appsync}${PATH}`, { method: 'POST', body, headers })
      const { data, errors } = (await response.json()) as {
        data: { imageChanges: { items: ImagePartsFragment[]; nextToken: string | null } }
        errors?: { message: string }[]
      }
      if (errors) throw new Error(errors[0]!.message)
      counts.read += data.imageChanges.items.length
      return data.imageChanges
    },
  }
}
