import {
  AttributeType, Billing, ProjectionType, TableEncryptionV2, TableV2,
} from 'aws-cdk-lib/aws-dynamodb'
import { RemovalPolicy } from 'aws-cdk-lib'
import { Construct } from 'constructs'

/** Every list of one's own is one Query on this index, newest first. */
export const BY_FACET_INDEX = 'byFacet'

/** What changed since: to catch up after being offline. */
export const BY_CHANGE_INDEX = 'byChange'

/** Everybody's PUBLIC images, spread over shards; it holds no others. */
export const BY_PUBLIC_INDEX = 'byPublic'

export interface StoreProps {
  retain: boolean
}

/** The one table: images, and the facets by which they are found. */
export class Store extends Construct {
  readonly table: TableV2

  constructor(scope: Construct, id: string, props: StoreProps) {
    super(scope, id)
    this.table = new TableV2(this, 'Images', {
      partitionKey: { name: 'id', type: AttributeType.STRING },
      sortKey: { name: 'facet', type: AttributeType.STRING },
      globalSecondaryIndexes: [
        {
          indexName: BY_FACET_INDEX,
          partitionKey: { name: 'facetKey', type: AttributeType.STRING },
          sortKey: { name: 'id', type: AttributeType.STRING },
          projectionType: ProjectionType.ALL,
        },
        {
          indexName: BY_CHANGE_INDEX,
          partitionKey: { name: 'owner', type: AttributeType.STRING },
          sortKey: { name: 'updatedAt', type: AttributeType.STRING },
          projectionType: ProjectionType.ALL,
        },
        {
          indexName: BY_PUBLIC_INDEX,
          partitionKey: { name: 'publicKey', type: AttributeType.STRING },
          sortKey: { name: 'id', type: AttributeType.STRING },
          projectionType: ProjectionType.ALL,
        },
      ],
      billing: Billing.onDemand(),
      // DynamoDB encrypts every table; its own key costs nothing a request.
      encryption: TableEncryptionV2.dynamoOwnedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      timeToLiveAttribute: 'expiresAtEpochSeconds',
      deletionProtection: props.retain,
      removalPolicy: props.retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    })
  }

  /** ARN of one index, for grants that name it. */
  indexArn(indexName: string): string {
    return `${this.table.tableArn}/index/${indexName}`
  }
}
