/** Mutation.deleteImages, step 3: AppSync function on the images table. */
export { request, response } from '../lib/deletion/hide-images.ts'
