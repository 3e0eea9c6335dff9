import { S3Client } from '@aws-sdk/client-s3'

/** The real client, with answers in place of the network, one after the other; what it was asked is in `sent`. */
export function answeringS3(...answers: object[]): { s3: S3Client; sent: unknown[] } {
  const sent: unknown[] = []
  const s3 = new S3Client({ region: 'eu-west-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } })
  s3.middlewareStack.add(
    (_next, { commandName }) => async ({ input }) => {
      sent.push([commandName, input])
      return { output: { $metadata: {}, ...answers[sent.length - 1] }, response: {} }
    },
    { step: 'initialize', priority: 'high' },
  )
  return { s3, sent }
}
