import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Kind, parse } from 'graphql'

/** What somebody should know of a state in which labels, or the variants themselves, are not there. */
interface WithheldRow {
  /** Whether it can change by itself, or by somebody. */
  passes: string
  remedy: string
}

/** The states in which an image that is READY lacks its labels, or is held back, by enum and value. */
export const WITHHELD = {
  LabelsStatus: {
    PENDING: {
      passes: 'by itself, within five hours',
      remedy: 'Wait for `onImageChanged`. Rekognition was throttled, slow or away; the picture is shown meanwhile.',
    },
    SKIPPED_TOO_SMALL: { passes: 'no', remedy: 'Upload a larger picture, if there is one.' },
    UNAVAILABLE: { passes: 'by `reprocessImage`', remedy: 'Call `reprocessImage`: it asks Rekognition anew.' },
  },
  ModerationStatus: {
    PENDING: { passes: 'by itself, within five hours', remedy: 'Wait for `onImageChanged`.' },
    HELD: {
      passes: 'by an operator',
      remedy: 'Wait for an operator, who finds it with `npm run moderate -- --list`, and decides.',
    },
    UNAVAILABLE: { passes: 'by an operator', remedy: 'Wait for an operator, as when it is HELD.' },
  },
} as const satisfies Record<string, Record<string, WithheldRow>>

/** Values of an enum of schema.graphql, with their descriptions. */
export function enumValues(name: string): Map<string, string> {
  const text = readFileSync(resolve(import.meta.dirname, '../../schema.graphql'), 'utf8')
  for (const definition of parse(text).definitions) {
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION || definition.name.value !== name) continue
    return new Map((definition.values ?? []).map(({ name: { value }, description }) => [value, description?.value ?? '']))
  }
  throw new Error(`expected schema.graphql to have an enum ${name}, found none`)
}
