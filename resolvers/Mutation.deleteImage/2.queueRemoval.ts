/** Mutation.deleteImage, step 2: AppSync function on SQS. */
export { request, response } from '../lib/deletion/queue-removal.ts'
