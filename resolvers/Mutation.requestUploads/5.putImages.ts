/** Mutation.requestUploads, step 5: AppSync function on the images table. */
export { request, response } from '../lib/uploads/put-images.ts'
