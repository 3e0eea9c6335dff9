import { createHash } from 'node:crypto'
import { CreateInvalidationCommand, type CloudFrontClient } from '@aws-sdk/client-cloudfront'
import { variantsPrefix } from './object-keys.ts'

/**
 * Paths of one invalidation: a third of the 15 with a wildcard that may be in progress at a time, so that several
 * requests share them. Each costs $0.005 beyond the first 1,000 a month, however many variants it covers.
 * Source: CloudFront developer guide, "Concurrent invalidation request maximum", "Pay for file invalidation".
 */
const PATHS_PER_INVALIDATION = 5

/** The copies of variants that CloudFront keeps, for up to a year. */
export interface EdgeCaches {
  /**
   * Has all variants under the media keys forgotten, which takes CloudFront a minute or so. Repeatable: the same keys
   * are asked for, and paid for, once.
   * @throws TooManyInvalidationsInProgress when others have to end first
   */
  forget(mediaKeys: string[]): Promise<void>
}

export function createEdgeCaches(cloudFront: CloudFrontClient, distributionId: string): EdgeCaches {
  return {
    async forget(mediaKeys) {
      const paths = mediaKeys.map((mediaKey) => `/${variantsPrefix(mediaKey)}*`).sort()
      for (let start = 0; start < paths.length; start += PATHS_PER_INVALIDATION) {
        const Items = paths.slice(start, start + PATHS_PER_INVALIDATION)
        await cloudFront.send(
          new CreateInvalidationCommand({
            DistributionId: distributionId,
            InvalidationBatch: { Paths: { Quantity: Items.length, Items }, CallerReference: referenceOf(Items) },
          }),
        )
      }
    },
  }
}

/** The same for the same paths, and for no others: CloudFront takes what it has seen before for a repetition. */
function referenceOf(paths: string[]): string {
  return createHash('sha256').update(paths.join('\n')).digest('hex')
}
