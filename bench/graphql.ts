import assert from 'node:assert/strict'
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { alternate } from './alternate.ts'
import type { BenchOptions } from './bench.ts'
import { conditions } from './conditions.ts'
import { startServers, type GraphqlServers } from './graphql/api.ts'
import { imageId } from './graphql/image-items.ts'
import type { Burst, BurstFigures } from './graphql/load.ts'
import { median } from './median.ts'
import { table } from './table.ts'

/**
 * The local AppSync beside graphql-yoga, both in one process, with the same schema, the same check of the token (RS256)
 * and the same store (dynalite in memory, policies of the data source's role enforced). Both answer the same data,
 * which is checked first. Beyond what yoga does here, the local AppSync guards every field by its directives, runs the
 * bundled APPSYNC_JS in its sandbox and evaluates selection sets for it.
 */
export const question = 'how many requests does the local GraphQL endpoint answer, beside graphql-yoga?'

const DEFAULT_ROUNDS = 7
const CONCURRENCY = 16
const BURST_SECONDS = 1
const IMAGES_IN_TURNS = 50
const FIELDS = `id owner status version visibility fileName title contentType byteSize sha256 width height
  variants { width height format byteSize url } thumbhash dominantColor
  labels { name confidence parents instances { confidence } } labelsStatus failure { code } createdAt processedAt`

type ServerName = keyof GraphqlServers['urls']

const OPERATIONS: Record<string, string[]> = {
  'Query.image': bodies('query Image($id: ID!) { image(id: $id) { FIELDS } }', (id) => ({ id })),
  'Query.images of 20': [JSON.stringify({ query: withFields('{ images { items { FIELDS } } }') })],
  'Mutation.updateImage': bodies(
    'mutation Rename($input: UpdateImageInput!) { updateImage(input: $input) { id title } }',
    (id) => ({ input: { id, title: 'Another title' } }),
  ),
}

export async function* bench({ rounds = DEFAULT_ROUNDS }: BenchOptions): AsyncGenerator<string> {
  yield* conditions(['graphql', 'graphql-yoga', 'dynalite', 'aws-jwt-verify'])
  yield `task      ${CONCURRENCY} requests under way over kept connections, bursts of ${BURST_SECONDS} s from another`
  yield `          process, ${rounds} in turns after one that does not count; medians`
  yield ''
  const servers = await startServers()
  const client = fork(fileURLToPath(new URL('./graphql/load.ts', import.meta.url)), { execArgv: ['--import', 'tsx'] })
  try {
    const rows: string[][] = []
    for (const [operation, requests] of Object.entries(OPERATIONS)) {
      await checkAlike(servers, requests[0] ?? '')
      rows.push(...await compare(operation, requests, rounds, servers, client))
    }
    const head = ['operation', 'server', 'requests/s', 'median ms', 'p99 ms', 'CPU us a request', 'requests/s of yoga']
    yield table(head, rows)
    yield ''
    yield 'Mutation.updateImage: ours also pushes the change, by a request to itself, and yoga pushes nothing.'
    yield 'CPU is the server\'s alone, user and system. On two processors the client takes part of the other one.'
  } finally {
    client.disconnect()
    await servers.stop()
  }
}

type Figures = BurstFigures & { cpuUs: number }

async function compare(
  operation: string,
  requests: string[],
  rounds: number,
  { urls, token }: GraphqlServers,
  client: ChildProcess,
): Promise<string[][]> {
  const measured = await alternate(['darkroom', 'yoga'] as const, rounds, async (name): Promise<Figures> => {
    const before = process.cpuUsage()
    const burst: Burst = {
      url: urls[name], token, bodies: requests, concurrency: CONCURRENCY, seconds: BURST_SECONDS,
    }
    const figures = await fire(client, burst)
    const { user, system } = process.cpuUsage(before)
    return { ...figures, cpuUs: (user + system) / figures.requests }
  })
  const rates = (name: ServerName) => (measured.get(name) ?? []).map(({ requests: done, seconds }) => done / seconds)
  const yogas = median(rates('yoga'))
  return [...measured].map(([name, figures], index) => [
    index === 0 ? operation : '',
    name,
    median(rates(name)).toFixed(0),
    median(figures.map(({ medianMs }) => medianMs)).toFixed(2),
    median(figures.map(({ p99Ms }) => p99Ms)).toFixed(1),
    median(figures.map(({ cpuUs }) => cpuUs)).toFixed(0),
    (median(rates(name)) / yogas).toFixed(2),
  ])
}

/** @throws Error when the client's process ends instead of answering */
async function fire(client: ChildProcess, burst: Burst): Promise<BurstFigures> {
  const controller = new AbortController()
  const { signal } = controller
  try {
    const answered = once(client, 'message', { signal })
    const ended = once(client, 'exit', { signal }).then(() => {
      throw new Error(`the client's process ended at ${burst.url}`)
    })
    client.send(burst)
    const [figures] = (await Promise.race([answered, ended])) as [BurstFigures]
    return figures
  } finally {
    controller.abort()
  }
}

/** Both servers have to answer the same data, and no errors. @throws AssertionError */
async function checkAlike({ urls, token }: GraphqlServers, body: string): Promise<void> {
  const ask = async (url: string): Promise<unknown> => {
    const headers = { 'content-type': 'application/json', authorization: token }
    return (await fetch(url, { method: 'POST', headers, body })).json()
  }
  const [ours, yogas] = [await ask(urls.darkroom), await ask(urls.yoga)]
  assert.deepEqual(ours, yogas)
  assert.ok(!JSON.stringify(ours).includes('"errors"'), JSON.stringify(ours))
}

function bodies(query: string, variables: (id: string) => Record<string, unknown>): string[] {
  return Array.from({ length: IMAGES_IN_TURNS }, (_value, number) =>
    JSON.stringify({ query: withFields(query), variables: variables(imageId(number)) }))
}

function withFields(query: string): string {
  return query.replace('FIELDS', FIELDS)
}
