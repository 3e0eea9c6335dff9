/** Mutation.requestUploads, step 2: AppSync function on the images table. */
export { request, response } from '../lib/uploads/get-duplicates.ts'
