/** Mutation.deleteImage, step 4: AppSync function on this API itself. */
export { request, response } from '../lib/deletion/publish-deletions.ts'
