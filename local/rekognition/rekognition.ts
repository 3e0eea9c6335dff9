import type { ServiceContext } from '../aws/context.ts'
import { NotImplemented } from '../aws/errors.ts'
import type { JsonService } from '../aws/json-service.ts'
import { detectLabels } from './detect-labels.ts'
import { readRequest } from './request.ts'

/** Rekognition's DetectLabels, answered from what can be measured in the pixels. See README.md for the method. */
export function createRekognition(context: Pick<ServiceContext, 'authorizer'>): JsonService {
  return {
    targetPrefix: 'RekognitionService',
    jsonVersion: '1.1',
    async call(operation, input, caller) {
      context.authorizer.authorize(caller, { action: `rekognition:${operation}`, resource: '*' })
      if (operation !== 'DetectLabels') throw new NotImplemented(`Rekognition's ${operation}`)
      return detectLabels(readRequest(input))
    },
  }
}
