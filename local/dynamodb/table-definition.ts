import { NotImplemented } from '../aws/errors.ts'
import { isRecord } from '../aws/json.ts'
import type { Resource } from '../aws/resource.ts'

/** What of a template's table the local run plays. */
export interface TableDefinition {
  tableName: string
  arn: string
  /** Input of `CreateTable`. */
  createTable: Record<string, unknown>
  /** The attribute that holds the time at which an item expires, in epoch seconds. */
  ttlAttribute?: string
}

/** Properties with no local effect: they concern capacity, durability, encryption, tags, or the console. */
const WITHOUT_LOCAL_EFFECT = new Set([
  'BillingMode',
  'ProvisionedThroughput',
  'OnDemandThroughput',
  'WarmThroughput',
  'WriteProvisionedThroughputSettings',
  'ReadProvisionedThroughputSettings',
  'WriteOnDemandThroughputSettings',
  'ReadOnDemandThroughputSettings',
  'PointInTimeRecoverySpecification',
  'SSESpecification',
  'DeletionProtectionEnabled',
  'TableClass',
  'Tags',
  'ContributorInsightsSpecification',
  'Replicas',
])
const PLAYED = new Set([
  'TableName',
  'KeySchema',
  'AttributeDefinitions',
  'GlobalSecondaryIndexes',
  'LocalSecondaryIndexes',
  'TimeToLiveSpecification',
])
/** What of an index `CreateTable` is told; capacity has no local effect. */
const INDEX_MEMBERS = ['IndexName', 'KeySchema', 'Projection']

/**
 * Reads `AWS::DynamoDB::Table` and `AWS::DynamoDB::GlobalTable`.
 * @throws NotImplemented naming a property that the local run would have to honour and can't
 */
export function tableDefinition(resource: Resource): TableDefinition {
  const { properties } = resource
  for (const [name, value] of Object.entries(properties)) {
    if (!PLAYED.has(name) && !WITHOUT_LOCAL_EFFECT.has(name) && value !== undefined) {
      throw new NotImplemented(`${resource.type}.${name} of ${resource.logicalId}`)
    }
  }
  const replicas = properties.Replicas
  if (Array.isArray(replicas) && replicas.length > 1) throw new NotImplemented('A global table in several regions')
  const ttl = properties.TimeToLiveSpecification
  const indexes = (name: string) => {
    const list = properties[name]
    return Array.isArray(list) && list.length > 0 ? { [name]: list.map(indexDefinition) } : {}
  }
  return {
    tableName: resource.physicalId,
    arn: resource.attributes.Arn ?? '',
    createTable: {
      TableName: resource.physicalId,
      KeySchema: properties.KeySchema,
      AttributeDefinitions: properties.AttributeDefinitions,
      BillingMode: 'PAY_PER_REQUEST',
      ...indexes('GlobalSecondaryIndexes'),
      ...indexes('LocalSecondaryIndexes'),
    },
    ...(isRecord(ttl) && ttl.Enabled === true ? { ttlAttribute: String(ttl.AttributeName) } : {}),
  }
}

function indexDefinition(index: unknown): Record<string, unknown> {
  if (!isRecord(index)) throw new Error(`An index must be an object, got ${JSON.stringify(index)}`)
  return Object.fromEntries(INDEX_MEMBERS.map((member) => [member, index[member]]))
}
