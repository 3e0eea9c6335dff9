import { MAX_PENDING_UPLOADS } from '../../resolvers/lib/limits.ts'
import type { Fixture } from '../fixtures/index.ts'
import type { Account } from './accounts.ts'
import { User } from './user.ts'

interface BurstOptions {
  images: number
  pictures: Fixture[]
  /** As many as it takes; see `usersFor`. */
  accounts: Account[]
  graphqlUrl: string
  userPoolEndpoint: string
  clientId: string
  /** Called once everybody has signed in and listens, before the first upload is asked for. */
  onStart?: () => void
  /** Called when an upload was accepted by S3 or refused, and when an image ended. */
  onProgress?: (progress: Progress) => void
  /** Called when all has been heard of, or nothing more will be; before what is stored is looked at. */
  onEnd?: () => void
}

export interface Progress {
  uploaded: number
  ended: number
}

export interface BurstReport {
  /** Ids of the images whose originals S3 accepted. */
  uploaded: string[]
  /** What went wrong before there was anything to develop, a sentence each. */
  refused: string[]
  /** How many images were heard to end, by status. */
  ended: Record<string, number>
  /** Ids that were uploaded and never heard of. */
  unheard: string[]
  /** Images whose stored status is another than the one that was heard, a sentence each. */
  contradicted: string[]
}

/** Files that one user sends at a time, as `npm run upload` does. */
const UPLOADS_AT_A_TIME = 4

/** Once nothing has ended for so long nothing will any more, in milliseconds: the visibility timeout, twice over. */
const QUIET_MS = 12 * 60 * 1_000

/** So many users can have this many images PENDING at a time. */
export const usersFor = (images: number): number => Math.ceil(images / MAX_PENDING_UPLOADS)

/**
 * Uploads all images as fast as they are taken, through everything that a client goes through, and waits until each was
 * heard of.
 */
export async function burst(options: BurstOptions): Promise<BurstReport> {
  const { images, pictures, accounts } = options
  const heard = new Map<string, string>()
  const uploads: { id: string; user: User }[] = []
  const refused: string[] = []
  const patience = new Patience(QUIET_MS)
  const tell = (): void => options.onProgress?.({ uploaded: uploads.length, ended: heard.size })
  const users: User[] = []
  try {
    for (const account of accounts) {
      const config = { ...options, user: account }
      users.push(
        await User.signIn(config, ({ id, status }) => {
          heard.set(id, status)
          patience.renew()
          tell()
        }),
      )
    }
    options.onStart?.()
    const send = async (user: User, number: number): Promise<void> => {
      try {
        const id = await user.upload(pictures[number % pictures.length]!, `picture-${number}`)
        uploads.push({ id, user })
      } catch (error) {
        refused.push(`picture-${number}: ${error instanceof Error ? error.message : String(error)}`)
      }
      tell()
    }
    const sendAll = async (user: User, numbers: Iterator<number>): Promise<void> => {
      for (let next = numbers.next(); !next.done; next = numbers.next()) await send(user, next.value)
    }
    await Promise.all(
      users.flatMap((user, index) => {
        // Shared by the uploads that a user has under way: each takes the next.
        const numbers = everyNth(index, users.length, images)
        return Array.from({ length: UPLOADS_AT_A_TIME }, () => sendAll(user, numbers))
      }),
    )
    await patience.until(() => uploads.every(({ id }) => heard.has(id)))
    options.onEnd?.()
    return { ...(await compare(uploads, heard)), refused }
  } finally {
    patience.end()
    for (const user of users) user.leave()
  }
}

/** The numbers that fall to one of so many users, none of whom gets more than their share. */
function* everyNth(first: number, step: number, end: number): Generator<number> {
  for (let number = first; number < end; number += step) yield number
}

async function compare(uploads: { id: string; user: User }[], heard: Map<string, string>) {
  const ended: Record<string, number> = {}
  const contradicted: string[] = []
  for (const { id, user } of uploads) {
    const status = heard.get(id)
    const stored = await user.status(id)
    if (status !== undefined) ended[status] = (ended[status] ?? 0) + 1
    if (stored !== status) contradicted.push(`${id}: heard ${status ?? 'nothing'}, stored ${stored ?? 'nothing'}`)
  }
  const uploaded = uploads.map(({ id }) => id)
  return { uploaded, ended, unheard: uploaded.filter((id) => !heard.has(id)), contradicted }
}

/** Waits for something that is looked for with every event, until events stay away for too long. */
class Patience {
  private timer: NodeJS.Timeout | undefined
  private check: () => void = () => undefined
  private giveUp: () => void = () => undefined

  constructor(private readonly quietMs: number) {}

  renew(): void {
    this.check()
    this.timer?.refresh()
  }

  async until(condition: () => boolean): Promise<void> {
    if (condition()) return
    await new Promise<void>((resolve) => {
      this.giveUp = resolve
      this.check = () => {
        if (condition()) resolve()
      }
      this.timer = setTimeout(() => this.giveUp(), this.quietMs)
    })
  }

  end(): void {
    clearTimeout(this.timer)
  }
}
