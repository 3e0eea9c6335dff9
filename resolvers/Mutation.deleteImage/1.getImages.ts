/** Mutation.deleteImage, step 1: AppSync function on the images table. */
export { request, response } from '../lib/deletion/get-images.ts'
