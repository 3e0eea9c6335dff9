import { inject } from 'vitest'
import type { Target } from '../target/target.ts'
import { createPerson, type Person } from '../target/people.ts'

/** What this run is about. */
export const givenTarget = (): Target => inject('target')

/** A new user, signed in, who owns nothing yet. Deleted when the run ends. */
export const givenPerson = (name: string): Promise<Person> => createPerson(givenTarget(), name)
