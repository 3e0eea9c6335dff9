import { resolve } from 'node:path'
import { bundleResolvers } from '../../infra/bundle/resolvers.ts'
import { filesOf, findResolvers } from '../../infra/bundle/resolver-files.ts'
import type { HandlerContext } from '../../local/appsync/runtime/evaluation.ts'
import { compileCode, type RuntimeCode } from '../../local/appsync/runtime/compile.ts'
import type { ImageItem } from '../../resolvers/lib/image.ts'

/** A fixed moment for handlers that ask for the time. */
export const NOW = '2026-01-02T03:04:05.678Z'
export const MEDIA_BASE_URL = 'https://media.example'
export const TABLE_NAME = 'the-images'
export const OWNER = '6f1b6f7e-0000-4000-8000-000000000001'
export const ID = '01JAR0000000000000000000ZX'

const ROOT = resolve(import.meta.dirname, '../..')
const bundles = await bundleResolvers(ROOT, filesOf(await findResolvers(ROOT)))

/** The bundle of a resolver or pipeline step as it is deployed, ready to run. */
export function givenResolver(name: string): RuntimeCode {
  const bundle = bundles.find(({ file }) => file.name === name)
  if (!bundle) throw new Error(`There is no resolver ${name}; there are ${bundles.map(({ file }) => file.name).join(', ')}.`)
  const clock = { now: () => Date.parse(NOW), after: () => ({ cancel: () => {} }) }
  return compileCode(bundle.code, { fileName: `${name}.js`, clock })
}

/** What AppSync hands a handler when a user of the pool asks. */
export function givenContext(members: Partial<HandlerContext> = {}): HandlerContext {
  return {
    args: {},
    arguments: members.args ?? {},
    identity: { sub: OWNER, username: OWNER, claims: {} },
    source: null,
    stash: {},
    prev: null,
    result: null,
    request: { headers: {} },
    info: { fieldName: 'image', parentTypeName: 'Query' },
    env: { MEDIA_BASE_URL, TABLE_NAME },
    ...members,
  }
}

/** A READY image as the table holds it. */
export function givenItem(attributes: Partial<ImageItem> = {}): ImageItem {
  return {
    id: ID,
    facet: 'IMAGE',
    facetKey: `${OWNER}#READY`,
    owner: OWNER,
    status: 'READY',
    version: 3,
    fileName: 'photo.jpg',
    contentType: 'image/jpeg',
    byteSize: 1_000,
    sha256: 'ab'.repeat(32),
    mediaKey: 'bWVkaWE',
    width: 3_000,
    height: 4_000,
    variants: [{ width: 1_440, height: 1_920, format: 'webp', byteSize: 900 }],
    thumbhash: 'dGh1bWI=',
    dominantColor: '#102030',
    palette: ['#102030'],
    perceptualHash: '0123456789abcdef',
    isAnimated: false,
    hasAlpha: false,
    camera: { takenAt: '2024-05-01T12:33:07', make: 'Leica', model: 'M3' },
    labels: [],
    labelsStatus: 'READY',
    createdAt: NOW,
    updatedAt: NOW,
    processedAt: NOW,
    ...attributes,
  }
}

export const USER_POOL = { authType: 'User Pool Authorization' }
export const GUEST = { authType: 'API Key Authorization' }
export const IAM = { authType: 'IAM Authorization' }
