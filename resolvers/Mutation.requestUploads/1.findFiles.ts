/** Mutation.requestUploads, step 1: AppSync function on the images table. */
export { request, response } from '../lib/uploads/find-files.ts'
