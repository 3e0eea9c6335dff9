/**
 * The names of a type, however deep, each standing for a function: what an implementation has to have, no more and no
 * less. Parameters are left open, since resolver code can pass anything.
 */
export type MembersOf<T> = {
  [Name in keyof T]: T[Name] extends (...given: never[]) => unknown
    ? (...given: never[]) => unknown
    : MembersOf<T[Name]>
}
