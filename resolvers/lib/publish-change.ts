import type { HTTPRequest as HttpRequest } from '@aws-appsync/utils'
import { ALL_OF_IMAGE } from '../../generated/back-end-mutations.ts'
import type { HttpResult } from './send-message.ts'

const HTTP_OK = 200

/**
 * One GraphQL request to this API, as the back end, that pushes images as they are stored to `onImageChanged`:
 * subscribers get all of an image, whatever the mutation that changed it was asked to answer.
 */
export function publishChanges(ids: string[]): HttpRequest<string> {
  const fields = ids.map((id, index) => `image${index}: publishImageChange(id: "${id}") ${ALL_OF_IMAGE}`)
  return {
    method: 'POST',
    resourcePath: '/graphql',
    params: {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: `mutation PublishImageChanges { ${fields.join(' ')} }` }),
    },
  }
}

/**
 * The change is stored, so the mutation that made it has done its work, and `imageChanges` tells of it, even when
 * nobody could be told at once.
 */
export function logUnpublished(error: { message: string; type: string } | undefined, result: HttpResult | null): void {
  if (error) {
    console.error(`The change was not published: ${error.type}: ${error.message}`)
  } else if (!result || result.statusCode !== HTTP_OK || result.body.includes('"errors"')) {
    console.error(`The change was not published: ${result ? result.body : 'no answer'}`)
  }
}
