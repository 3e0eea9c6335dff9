import { mkdirSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { readAssembly } from '../../local/assembly/read-assembly.ts'
import { NOWHERE, PLACE, startLocalApi, theOne, type LocalApi } from '../local-api.ts'
import { OWNER } from './library-items.ts'
import type { List } from './lists.ts'
import { seed, type Seeded } from './seed.ts'

const TABLE_TYPE = 'AWS::DynamoDB::GlobalTable'

/** What reading the pages of a list came to. */
export interface Reading {
  /** Of each page. */
  ms: number[]
  /** In the mean of a page. */
  readUnits: number
}

interface LibraryOptions {
  images: number
  /** Of its own, for the table; made here. */
  folder: string
  assemblyDir: string
  /** Called now and then while the table is filled. */
  onProgress?: (images: number) => void
}

/** A table with a library of so many images, and the API over it. */
export interface Library {
  images: number
  seeded: Seeded
  read(list: List): Promise<Reading>
  stop(): Promise<void>
}

/** Fills a table and starts the API over it. */
export async function startLibrary({ images, folder, assemblyDir, onProgress }: LibraryOptions): Promise<Library> {
  mkdirSync(folder)
  const { resources } = readAssembly(assemblyDir, { ...PLACE, endpoints: { ...NOWHERE, appsync: NOWHERE.aws } })
  const table = theOne(resources, TABLE_TYPE)
  const seeded = await seed({ dataDir: folder, table, owner: OWNER, images, ...(onProgress && { onProgress }) })
  let readUnits = 0
  const api = await startLocalApi({
    assemblyDir, folder, owner: OWNER, isStored: true, onConsumed: (consumed) => (readUnits += consumed.readUnits),
  })
  const agent = new Agent({ keepAlive: true })
  return {
    images,
    seeded,
    async read(list) {
      const unitsBefore = readUnits
      const ms: number[] = []
      await readPages(list, async (body) => {
        const before = performance.now()
        const page = await post(api, agent, body)
        ms.push(performance.now() - before)
        return page
      })
      return { ms, readUnits: (readUnits - unitsBefore) / ms.length }
    },
    async stop() {
      agent.destroy()
      await api.stop()
    },
  }
}

interface Page {
  items: unknown[]
  nextToken?: string | null
}

type Ask = (body: string) => Promise<Page>

/** @throws Error for a page that is not full: it would cost less, and say nothing */
async function readPages({ name, field, limit, pages, ids }: List, ask: Ask): Promise<void> {
  const query = `query ($limit: Int, ${ids ? '$id: ID!' : '$nextToken: String'}) { page: ${field} }`
  let nextToken: string | null | undefined
  for (let number = 0; number < pages; number += 1) {
    const variables = ids ? { limit, id: ids[number] } : { limit, nextToken }
    const page = await ask(JSON.stringify({ query, variables }))
    if (page.items.length !== limit && (!ids || page.items.length === 0)) {
      throw new Error(`expected ${limit} items on page ${number + 1} of ${name}, got ${page.items.length}`)
    }
    nextToken = page.nextToken
  }
}

async function post({ url, token }: LocalApi, agent: Agent, body: string): Promise<Page> {
  const headers = {
    'content-type': 'application/json', 'content-length': Buffer.byteLength(body), authorization: token,
  }
  const text = await new Promise<string>((resolve, reject) => {
    const sending = request(url, { method: 'POST', agent, headers }, (response) => {
      let received = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => (received += chunk))
      response.on('error', reject)
      response.on('end', () => resolve(received))
    })
    sending.on('error', reject)
    sending.end(body)
  })
  const { data, errors } = JSON.parse(text) as { data?: { page: Page } | null; errors?: unknown }
  if (!data || errors) throw new Error(`expected a page, got ${text}`)
  return data.page
}
