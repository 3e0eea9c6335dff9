import type { RaisedError } from '../../local/appsync/code-runtime.ts'
import type { HandlerContext } from '../../local/appsync/runtime/evaluation.ts'
import type { FileItem } from '../../resolvers/lib/facet-writes.ts'
import type { ImageItem } from '../../resolvers/lib/image.ts'
import { givenContext, givenResolver, IAM, TABLE_NAME, USER_POOL } from './given.ts'

/** How a pipeline that reads an image and writes it went. */
export interface Write {
  /** The write of the image that step 2 asks for; undefined when it came to none. */
  asked?: Record<string, unknown> | undefined
  /** What is to be written with it, or not at all. */
  beside?: Record<string, unknown>[]
  /** What the caller gets. */
  answer?: unknown
  error?: RaisedError | undefined
}

export interface GivenWrite {
  args: object
  /** The image as the table holds it; null: there is none. */
  current: ImageItem | null
  /** The set of images of the file that it is made of, for a step that asks for it. @default there is none */
  file?: FileItem
  identity?: HandlerContext['identity']
  /** How the write fails. */
  failure?: { type: string; message: string }
}

export const CONDITION_FAILED = {
  message: 'The conditional request failed', type: 'DynamoDB:ConditionalCheckFailedException',
}

/**
 * The bundles of `<field>/index`, `1.getImage` and `2.writeImage`, one after the other as AppSync runs them, over a
 * table that holds one image.
 */
export function givenWrite(field: string): (given: GivenWrite) => Write {
  const [index, getImage, writeImage] = ['index', '1.getImage', '2.writeImage'].map((step) =>
    givenResolver(`${field}/${step}`)) as [ReturnType<typeof givenResolver>, ReturnType<typeof givenResolver>,
    ReturnType<typeof givenResolver>]
  return ({ args, current, file = null, identity, failure }) => {
    const caller = field.startsWith('Mutation.record') ? IAM : USER_POOL
    const context = (members: Partial<HandlerContext> = {}) =>
      givenContext({ args: args as HandlerContext['args'], ...(identity === undefined ? {} : { identity }), ...members })
    const before = index.evaluate('request', context(), caller)
    if (before.error) return { error: before.error }
    const { operation } = getImage.evaluate('request', context(), caller).result as { operation: string }
    const found = operation === 'BatchGetItem' ? { data: { [TABLE_NAME]: [current, file] } } : current
    const read = getImage.evaluate('response', context({ result: found }), caller)
    if (read.error) return { error: read.error }
    const { stash: known } = read
    const write = writeImage.evaluate('request', context({ prev: { result: read.result }, stash: known }), caller)
    const { stash } = write
    if (write.error) return { error: write.error }
    const [asked, ...beside] = write.earlyReturn ? [] : writesOf(write.result as Record<string, unknown>)
    const members = failure ? { result: current, error: failure } : { result: current }
    const written = write.earlyReturn
      ? { result: write.earlyReturn.value, error: undefined }
      : writeImage.evaluate('response', context({ prev: { result: read.result }, stash, ...members }), caller)
    if (written.error) return { asked, beside, error: written.error }
    const answer = index.evaluate('response', context({ prev: { result: written.result } }), caller)
    return { asked, beside, answer: answer.result, error: answer.error }
  }
}

function writesOf(request: Record<string, unknown>): Record<string, unknown>[] {
  return request.operation === 'TransactWriteItems' ? (request.transactItems as Record<string, unknown>[]) : [request]
}
