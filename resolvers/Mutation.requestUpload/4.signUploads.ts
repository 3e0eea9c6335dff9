/** Mutation.requestUpload, step 4: AppSync function on the `sign-upload` Lambda function. */
export { request, response } from '../lib/uploads/sign-uploads.ts'
