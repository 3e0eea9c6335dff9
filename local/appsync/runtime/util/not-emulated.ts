import { NotImplemented } from '../../../aws/errors.ts'

/** A function that says by name that the local run does not have it. */
export function notEmulated(name: string): (...given: unknown[]) => never {
  return () => {
    throw new NotImplemented(name)
  }
}
