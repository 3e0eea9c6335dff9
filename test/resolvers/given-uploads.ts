import type { RaisedError } from '../../local/appsync/code-runtime.ts'
import type { UploadsStash } from '../../resolvers/lib/uploads/uploads.ts'
import { givenContext, givenResolver, NOW, TABLE_NAME, USER_POOL } from './given.ts'

/** What `sign-upload` answers for one upload. */
export const SIGNED = {
  mediaKey: 'bWVkaWE',
  url: 'https://s3.example/originals',
  method: 'PUT',
  headers: [{ name: 'content-type', value: 'image/jpeg' }],
  expiresAt: NOW,
}

/** What the data sources answer a pipeline that asks for uploads, by step. */
const ANSWERS: Record<string, object> = {
  '1.findFiles': { data: { [TABLE_NAME]: [null] } },
  '2.getDuplicates': { data: { [TABLE_NAME]: [] } },
  '3.countPending': { items: [] },
  '4.signUploads': { uploads: Array.from({ length: 25 }, () => SIGNED) },
  '5.putImages': {},
}

const STEPS = Object.keys(ANSWERS)

/** What a data source answers, or how that follows from what it was asked. */
type Answer = object | ((asked: Record<string, unknown>) => object)

export interface Uploads {
  /** What each step asks its data source for; a step that asks for nothing is left out. */
  asked: Record<string, Record<string, unknown>>
  stash: UploadsStash
  answer?: unknown
  error?: RaisedError | undefined
}

/**
 * The bundles of `requestUpload` or `requestUploads`, one after the other as AppSync runs them.
 * @returns a run; `given` are answers by step in place of those that find nothing wrong, `failing` the step that fails
 */
export function givenUploads(
  field: 'Mutation.requestUpload' | 'Mutation.requestUploads',
): (args: object, given?: Record<string, Answer>, failing?: string) => Uploads {
  const pipeline = givenResolver(`${field}/index`)
  const steps = STEPS.map((name) => ({ name, code: givenResolver(`${field}/${name}`) }))
  return (args, given = {}, failing) => {
    const context = (members: object) => givenContext({ args: { ...args }, ...members })
    const begun = pipeline.evaluate('request', context({}), USER_POOL)
    let stash = begun.stash as unknown as UploadsStash
    const asked: Uploads['asked'] = {}
    if (begun.error) return { asked, stash, error: begun.error }
    for (const { name, code } of steps) {
      const before = code.evaluate('request', context({ stash }), USER_POOL)
      stash = before.stash as unknown as UploadsStash
      if (before.earlyReturn) continue
      if (before.error) return { asked, stash, error: before.error }
      asked[name] = before.result as Record<string, unknown>
      const outcome = name === failing
        ? { error: { message: 'boom', type: 'Internal' } }
        : { result: { ...ANSWERS[name], ...answered(given[name], asked[name]) } }
      const after = code.evaluate('response', context({ stash, ...outcome }), USER_POOL)
      stash = after.stash as unknown as UploadsStash
      if (after.error) return { asked, stash, error: after.error }
    }
    const { result, error } = pipeline.evaluate('response', context({ stash }), USER_POOL)
    return { asked, stash, answer: result, error }
  }
}

function answered(answer: Answer | undefined, asked: Record<string, unknown>): object {
  return typeof answer === 'function' ? (answer as (asked: object) => object)(asked) : answer ?? {}
}

/** BatchPutItem that leaves out the image at this place. */
export const leavingOut = (at: number): Answer => ({ tables }) => {
  const { id } = (tables as Record<string, { id: { S: string } }[]>)[TABLE_NAME]![at]!
  return { unprocessedItems: { [TABLE_NAME]: [{ id: id.S }] } }
}
