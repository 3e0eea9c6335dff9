import { afterAll, beforeAll } from 'vitest'
import { describeChanges } from './changes.ts'
import { describeCounts } from './counts.ts'
import { describeFacets } from './facets.ts'
import { givenLists, type GivenLists } from './given-lists.ts'
import { describeHeldImages } from './held-images.ts'
import { describePagination } from './pagination.ts'
import { describeRefusals } from './refusals.ts'
import { describeSimilarImages } from './similar-images.ts'
import { describeUploads } from './uploads.ts'

/** One run for all that is asked of lists; each part has users of its own. */
let lists: GivenLists
beforeAll(async () => {
  lists = await givenLists()
})
afterAll(() => lists?.stop())

describeUploads(() => lists)
describeFacets(() => lists)
describeCounts(() => lists)
describePagination(() => lists)
describeSimilarImages(() => lists)
describeChanges(() => lists)
describeHeldImages(() => lists)
describeRefusals(() => lists)
