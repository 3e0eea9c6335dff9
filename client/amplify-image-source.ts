import { generateClient, type GraphQLQuery } from 'aws-amplify/api'
import {
  ImageChangesDocument, OnImageChangedDocument, OnImageProcessedDocument,
  type ImageChangesQuery, type ImagePartsFragment, type OnImageChangedSubscription, type OnImageProcessedSubscription,
} from '../generated/client.ts'
import { subscribeWithAmplify } from './amplify-subscription.ts'
import type { ImageSource } from './image-source.ts'

/** Images a page, the most that `imageChanges` gives. */
const PAGE_LIMIT = 100

/** The images of whoever is signed in with Amplify, which has to be configured. */
export function amplifyImageSource(): ImageSource<ImagePartsFragment> {
  return {
    subscribe({ stands, image, failed }) {
      const acknowledged = new Set<string>()
      // Amplify mends an interruption of its own accord: each acknowledgement after the first of both is one.
      const tellOf = (name: string) => () => {
        acknowledged.add(name)
        if (acknowledged.size === 2) stands()
      }
      const processed = subscribeWithAmplify<OnImageProcessedSubscription>(OnImageProcessedDocument.toString(), {}, {
        acknowledged: tellOf('onImageProcessed'),
        event: (data) => image(data.onImageProcessed ?? null),
        failed,
      })
      const changed = subscribeWithAmplify<OnImageChangedSubscription>(OnImageChangedDocument.toString(), {}, {
        acknowledged: tellOf('onImageChanged'),
        event: (data) => image(data.onImageChanged ?? null),
        failed,
      })
      return () => {
        processed()
        changed()
      }
    },
    async changes(since, nextToken) {
      const query = ImageChangesDocument.toString()
      const variables = { since, limit: PAGE_LIMIT, nextToken }
      const { data } = await generateClient({ authMode: 'userPool' })
        .graphql<GraphQLQuery<ImageChangesQuery>>({ query, variables })
      return data.imageChanges
    },
  }
}
