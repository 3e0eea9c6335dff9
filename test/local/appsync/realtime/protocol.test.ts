import { describe, expect, it } from 'vitest'
import type { ServerMessage } from '../../../../local/appsync/realtime/messages.ts'
import { type ConnectionPort, createConnection, SubscribeRefused } from '../../../../local/appsync/realtime/protocol.ts'
import { handMovedClock } from '../given.ts'

function open({
  subscribe,
  refusal,
}: { subscribe?: ConnectionPort['subscribe']; refusal?: { message: string; errorCode: number } } = {}) {
  const sent: ServerMessage[] = []
  const closes: number[] = []
  const ended: string[] = []
  const events = new Map<string, Parameters<ConnectionPort['subscribe']>[1]>()
  const clock = handMovedClock()
  const connection = createConnection(
    {
      clock,
      send: (message) => void sent.push(message),
      close: (code) => void closes.push(code),
      subscribe:
        subscribe ??
        ((request, given) => {
          events.set(request.id, given)
          return Promise.resolve({ end: () => void ended.push(request.id) })
        }),
    },
    refusal,
  )
  const say = (message: unknown) => connection.receive(typeof message === 'string' ? message : JSON.stringify(message))
  const start = (id: string) =>
    say({ type: 'start', id, payload: { data: '{}', extensions: { authorization: { Host: 'h' } } } })
  return { connection, sent, closes, ended, events, clock, say, start, types: () => sent.map(({ type }) => type) }
}

describe('a connection', () => {
  it('acknowledges connection_init, says how long to wait, and keeps alive every minute', async () => {
    const { say, sent, clock, types } = open()
    await say({ type: 'connection_init' })
    expect(sent[0]).toEqual({ type: 'connection_ack', payload: { connectionTimeoutMs: 300_000 } })
    clock.advance(59_999)
    expect(types()).toEqual(['connection_ack', 'ka'])
    clock.advance(60_001)
    expect(types()).toEqual(['connection_ack', 'ka', 'ka', 'ka'])
  })

  it('ends after a day', () => {
    const { clock, closes } = open()
    clock.advance(24 * 60 * 60 * 1000 - 1)
    expect(closes).toEqual([])
    clock.advance(1)
    expect(closes).toEqual([1000])
  })

  it('answers UnsupportedOperation to what it does not know', async () => {
    const { say, sent } = open()
    for (const message of [
      'no json',
      '[]',
      { type: 'nope' },
      { type: 'start', id: 'a', payload: {} },
      { type: 'start', payload: { data: '{}' } },
    ])
      await say(message)
    expect(sent.map((message) => message.type === 'error' && message.payload.errors[0]?.errorType)).toEqual(
      Array(5).fill('UnsupportedOperation'),
    )
  })

  it('stops keeping alive and ends every subscription when the socket is gone', async () => {
    const { say, start, connection, ended, clock, types } = open()
    await say({ type: 'connection_init' })
    await start('a')
    connection.closed()
    clock.advance(120_000)
    expect([ended, types()]).toEqual([['a'], ['connection_ack', 'ka', 'start_ack']])
  })
})

describe('start and stop', () => {
  it('acknowledge, deliver, complete', async () => {
    const { say, start, events, sent, ended } = open()
    await start('a')
    events.get('a')?.deliver({ data: { x: 1 } })
    await say({ type: 'stop', id: 'a' })
    expect(sent).toEqual([
      { type: 'start_ack', id: 'a' },
      { type: 'data', id: 'a', payload: { data: { x: 1 } } },
      { type: 'complete', id: 'a' },
    ])
    expect(ended).toEqual(['a'])
  })

  it('refuse an id that is in use, and free it by stop', async () => {
    const { say, start, sent } = open()
    await start('a')
    await start('a')
    expect(sent.at(-1)).toMatchObject({
      type: 'error',
      id: 'a',
      payload: { errors: [{ errorType: 'DuplicatedOperationError' }] },
    })
    await say({ type: 'stop', id: 'a' })
    await start('a')
    expect(sent.at(-1)).toEqual({ type: 'start_ack', id: 'a' })
  })

  it('take a hundred subscriptions and refuse the next', async () => {
    const { start, sent } = open()
    for (let index = 1; index <= 100; index += 1) await start(String(index))
    expect(sent.at(-1)).toEqual({ type: 'start_ack', id: '100' })
    await start('101')
    expect(sent.at(-1)).toMatchObject({
      id: '101',
      payload: {
        errors: [{ errorType: 'MaxSubscriptionsReachedError', message: 'Max number of 100 subscriptions reached' }],
      },
    })
  })

  it('pass the errors of a refused subscription on', async () => {
    const { start, sent } = open({
      subscribe: () => Promise.reject(new SubscribeRefused([{ errorType: 'Unauthorized', message: 'no' }])),
    })
    await start('a')
    expect(sent).toEqual([
      { type: 'error', id: 'a', payload: { errors: [{ errorType: 'Unauthorized', message: 'no' }] } },
    ])
  })

  it('end a subscription that is stopped before it was accepted', async () => {
    let accept: (() => void) | undefined
    let ended = 0
    const { say, start, types } = open({
      subscribe: () =>
        new Promise((resolve) => {
          accept = () => resolve({ end: () => void (ended += 1) })
        }),
    })
    const starting = start('a')
    await say({ type: 'stop', id: 'a' })
    accept?.()
    await starting
    expect([ended, types()]).toEqual([1, ['complete']])
  })
})

describe('a refused connection', () => {
  it('says so at once, once more to the first message, and closes', async () => {
    const { say, sent, closes } = open({ refusal: { message: 'no', errorCode: 401 } })
    expect(sent).toEqual([{ type: 'connection_error', payload: { errors: [{ message: 'no', errorCode: 401 }] } }])
    await say({ type: 'connection_init' })
    expect([sent.length, closes]).toEqual([2, [1008]])
  })

  it('does not linger', () => {
    const { clock, closes } = open({ refusal: { message: 'no', errorCode: 401 } })
    clock.advance(10_000)
    expect(closes).toEqual([1008])
  })
})
