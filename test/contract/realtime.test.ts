import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { OnImageChangedDocument, OnImageProcessedDocument } from '../../generated/client.ts'
import { EXCEPTIONS } from './exceptions.ts'
import {
  connect, connectAcknowledged, guestHeader, HANDSHAKES, headerOf, nameOf, SUBPROTOCOL, type AuthHeader,
  type Connection, type Handshake,
} from './given/realtime.ts'
import { givenPerson } from './given/target.ts'
import type { Person } from './target/people.ts'

let owner: Person
beforeAll(async () => {
  owner = await givenPerson('realtime')
})
const open: Connection[] = []
afterEach(() => open.splice(0).forEach((connection) => connection.close()))
const keep = async (connection: Promise<Connection>) => {
  open.push(await connection)
  return connection
}
const WRONG_TOKEN = { idToken: 'not.a.token' }
const both = Object.keys(HANDSHAKES) as Handshake[]

describe.each(both)('a connection by the %s', (handshake) => {
  it('is acknowledged, and says how long to wait for a sign of life', async () => {
    const connection = await keep(connect(headerOf(owner), handshake))
    expect(connection.protocol).toBe(SUBPROTOCOL)
    connection.send({ type: 'connection_init' })
    const { type, payload } = await connection.next()
    expect([type, payload?.connectionTimeoutMs]).toEqual(['connection_ack', 300_000])
  })

  it('stands for guests too', async () => {
    await keep(connectAcknowledged(guestHeader(), handshake))
  })

  const wrong: [string, () => AuthHeader][] = [
    ['a token that is none', () => headerOf(WRONG_TOKEN)],
    ['a wrong API key', () => ({ ...guestHeader(), 'x-api-key': 'da2-wrongwrongwrongwrongwrongwr' })],
  ]
  it.each(wrong)(`is refused by connection_error: %s; ${EXCEPTIONS.refusedConnection.held}`, async (_, header) => {
    const connection = await keep(connect(header(), handshake))
    connection.send({ type: 'connection_init' })
    const { type, payload } = await connection.next()
    expect([type, nameOf(payload?.errors?.[0])]).toEqual(['connection_error', 'UnauthorizedException'])
  })
})

describe('a subscription', () => {
  const ID = 'first'
  let connection: Connection
  const start = (id: string, query: { toString(): string } = OnImageProcessedDocument, header = headerOf(owner)) => {
    connection.start(id, query, {}, header)
    return connection.next()
  }
  const refusal = async (...args: Parameters<typeof start>) => {
    const { type, id, payload } = await start(...args)
    return [type, id, nameOf(payload?.errors?.[0])]
  }
  const standing = async () => {
    connection = await keep(connectAcknowledged(headerOf(owner)))
    expect(await start(ID)).toMatchObject({ type: 'start_ack', id: ID })
  }

  it('is acknowledged, and complete once it is stopped', async () => {
    await standing()
    connection.send({ type: 'stop', id: ID })
    expect(await connection.next()).toMatchObject({ type: 'complete', id: ID })
  })

  it('may be started again under the same id once it is complete', async () => {
    await standing()
    connection.send({ type: 'stop', id: ID })
    await connection.next()
    expect(await start(ID)).toMatchObject({ type: 'start_ack', id: ID })
  })

  it('is refused under an id that stands already, which goes on', async () => {
    await standing()
    expect(await refusal(ID)).toEqual(['error', ID, 'DuplicatedOperationError'])
    connection.send({ type: 'stop', id: ID })
    expect(await connection.next()).toMatchObject({ type: 'complete', id: ID })
  })

  it('shares its connection with others', async () => {
    await standing()
    expect(await start('second')).toMatchObject({ type: 'start_ack', id: 'second' })
  })

  it('is refused to a token that is none, on a connection that stands', async () => {
    await standing()
    expect(await refusal('second', OnImageProcessedDocument, headerOf(WRONG_TOKEN)))
      .toEqual(['error', 'second', 'UnauthorizedException'])
  })

  it.each([
    ['onImageProcessed', OnImageProcessedDocument], ['onImageChanged', OnImageChangedDocument],
  ])('is refused to guests: %s', async (_, document) => {
    connection = await keep(connectAcknowledged(guestHeader()))
    expect(await refusal(ID, document, guestHeader())).toEqual(['error', ID, 'Unauthorized'])
  })

  it('has to be one: a query and a mutation are refused', async () => {
    await standing()
    expect(await refusal('q', '{ images { nextToken } }')).toEqual(['error', 'q', 'UnsupportedOperation'])
    expect(await refusal('m', 'mutation { updateImage(input: { id: "x", title: "t" }) { id } }'))
      .toEqual(['error', 'm', 'UnsupportedOperation'])
  })

  it('is refused when the schema does not allow it', async () => {
    await standing()
    const { type, id, payload } = await start('second', 'subscription { onImageProcessed { shoeSize } }')
    expect([type, id, payload?.errors?.length]).toEqual(['error', 'second', 1])
  })
})
