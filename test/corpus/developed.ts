import type { RecordImageProcessedInput } from '../../generated/graphql.ts'
import { developImage } from '../../functions/lib/develop-image.ts'
import type { Fixture } from '../fixtures/index.ts'
import { arrivalOf, givenDarkroom, type Given } from '../functions/given.ts'

export interface Developed {
  /** What was recorded in the end. */
  outcome: RecordImageProcessedInput
  /** Variants by object key, in the order in which they were stored. */
  files: Map<string, Buffer>
  /** The picture that was labelled. */
  labelled: Buffer | undefined
}

/** What becomes of an original on the whole way, with S3, Rekognition and AppSync in memory. */
export async function developed(original: Fixture, given?: Given): Promise<Developed> {
  const { services, reports, media, labelled } = givenDarkroom(original, given)
  await developImage(arrivalOf(original.bytes.length), services)
  return {
    outcome: reports.at(-1)!,
    files: new Map([...media].map(([key, { bytes }]) => [key, Buffer.from(bytes)])),
    labelled: labelled[0] && Buffer.from(labelled[0]),
  }
}
