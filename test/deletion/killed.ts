/** The process died here: whatever it asked of others before has been done, and nothing is any more. */
export class Killed extends Error {
  override readonly name = 'Killed'
}

/** At which call a process dies, and on which side of it. */
export interface Kill {
  /** From 1. */
  call: number
  side: 'before' | 'after'
}

type Callable = (...args: unknown[]) => unknown

/** The services that a process uses, as they are until it dies. */
interface Watched<Services> {
  services: Services
  /** Every call that was begun, by its name, e.g. `originals.remove`. */
  calls: string[]
}

/**
 * Services that count their calls, and die at one of them.
 * @param names those that change something, or learn something, outside of the process
 */
export function watched<Services extends object>(
  services: Services, names: readonly (keyof Services & string)[], kill?: Kill,
): Watched<Services> {
  const calls: string[] = []
  let isDead = false
  const die = (): never => {
    isDead = true
    throw new Killed(`at ${calls.at(-1)}`)
  }
  const watch = (service: object, name: string): object =>
    new Proxy(service, {
      get(target, method) {
        const call = Reflect.get(target, method) as Callable
        return async (...args: unknown[]) => {
          if (isDead) die()
          calls.push(`${name}.${String(method)}`)
          const isHere = kill?.call === calls.length
          if (isHere && kill.side === 'before') die()
          const answer = await call.apply(target, args)
          if (isHere) die()
          return answer
        }
      },
    })
  const members = names.map((name) => [name, watch(services[name] as object, name)])
  return { services: { ...services, ...(Object.fromEntries(members) as Partial<Services>) }, calls }
}

/** @throws unless the work ended by its process's death, in one image or in all */
export async function expectKilled(work: Promise<unknown>): Promise<void> {
  const end = await work.then(() => undefined, (error: unknown) => error)
  const [cause] = end instanceof AggregateError ? (end.errors as unknown[]) : [end]
  if (!(cause instanceof Killed)) throw new Error(`Expected a death, got ${String(end)}`)
}

/** Every place where a process can die: before its first call, and after each; after one is before the next. */
export function killsOf(calls: string[]): Kill[] {
  return [{ call: 1, side: 'before' }, ...calls.map((_name, index): Kill => ({ call: index + 1, side: 'after' }))]
}
