/** Mutation.requestUpload, step 3: AppSync function on the images table. */
export { request, response } from '../lib/uploads/count-pending.ts'
