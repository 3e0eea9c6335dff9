import { randomBytes } from 'node:crypto'
import { AwsError } from '../aws/errors.ts'
import type { Clock } from '../clock.ts'
import { Journal } from '../sqs/journal.ts'
import { MAX_INVALIDATED_FILES, MAX_INVALIDATED_WILDCARDS, MAX_INVALIDATION_PATH_LENGTH } from './limits.ts'

/** What is to be forgotten by the edge caches. */
export interface InvalidationBatch {
  callerReference: string
  paths: string[]
}

/** A batch that was taken. The edge cache is in this process, so it is done at once. */
export interface Invalidation extends InvalidationBatch {
  id: string
  /** Milliseconds since the epoch. */
  createdAt: number
}

/** The invalidations of one distribution; they outlive the process. */
export interface Invalidations {
  /** The same batch again is the same invalidation. @throws AwsError */
  create(batch: InvalidationBatch): Invalidation
  find(id: string): Invalidation | undefined
  /** Newest first. */
  list(): Invalidation[]
  close(): void
}

/** CloudFront's ids are `I` and capitals and digits. */
const ID_BYTES = 13
const ID_DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'

const BATCH_TOO_LARGE = 413

const isWildcard = (path: string): boolean => path.endsWith('*')

/**
 * @param file a journal; its folder exists
 * @param forget has the edge cache forget what the paths name
 */
export function createInvalidations(file: string, clock: Clock, forget: (paths: string[]) => void): Invalidations {
  const all = new Map<string, Invalidation>()
  const journal = new Journal<Invalidation>(file, (invalidation) => all.set(invalidation.id, invalidation))
  return {
    create(batch) {
      check(batch)
      const known = [...all.values()].find(({ callerReference }) => callerReference === batch.callerReference)
      if (known) return repeated(known, batch)
      const invalidation = { ...batch, id: makeId(), createdAt: clock.now() }
      journal.append(invalidation)
      all.set(invalidation.id, invalidation)
      forget(invalidation.paths)
      return invalidation
    },
    find: (id) => all.get(id),
    list: () => [...all.values()].reverse(),
    close: () => journal.close(),
  }
}

function repeated(known: Invalidation, { paths }: InvalidationBatch): Invalidation {
  if (known.paths.length === paths.length && known.paths.every((path) => paths.includes(path))) return known
  throw new AwsError(
    'InvalidationBatchAlreadyExists',
    `The CallerReference ${known.callerReference} was used for other paths.`,
  )
}

function check({ paths }: InvalidationBatch): void {
  if (paths.length === 0 || !paths.every(isPath)) {
    throw new AwsError('InvalidArgument', 'Your request contains one or more invalid invalidation paths.')
  }
  const wildcards = paths.filter(isWildcard).length
  if (paths.length - wildcards > MAX_INVALIDATED_FILES) {
    throw new AwsError(
      'BatchTooLarge',
      `Expected at most ${MAX_INVALIDATED_FILES} paths, received ${paths.length}.`,
      BATCH_TOO_LARGE,
    )
  }
  if (wildcards > MAX_INVALIDATED_WILDCARDS) {
    throw new AwsError(
      'TooManyInvalidationsInProgress',
      `Expected at most ${MAX_INVALIDATED_WILDCARDS} paths with a wildcard in progress, received ${wildcards}.`,
    )
  }
}

/** A slash first, the wildcard last, and nothing that a URL has to escape. */
function isPath(path: string): boolean {
  return path.length <= MAX_INVALIDATION_PATH_LENGTH && /^\/[!$%&'()+,\-./0-9:;=?@A-Z_a-z~]*\*?$/.test(path)
}

function makeId(): string {
  return `I${[...randomBytes(ID_BYTES)].map((byte) => ID_DIGITS[byte % ID_DIGITS.length]).join('')}`
}
