import { NotImplemented } from '../aws/errors.ts'
import { isRecord } from '../aws/json.ts'
import type { Resource } from '../aws/resource.ts'
import type { Endpoints } from '../ports.ts'
import { NO_VALUE, resolveCondition, resolveValue, type Scope } from './intrinsics.ts'
import { stableUuid } from './physical-ids.ts'
import { RESOURCE_TYPES, type Naming, type ResourceType } from './resource-types.ts'
import { creationOrder, type Template } from './template.ts'

export interface StackPlace {
  stackName: string
  region: string
  accountId: string
  endpoints: Endpoints
  /** The version of the bootstrap stack that the assembly asks for: what its SSM parameter then holds. */
  bootstrapVersion?: unknown
}

const PARTITION = 'aws'
const URL_SUFFIX = 'amazonaws.com'
/** Availability zones of a region by their letter. */
const ZONE_LETTERS = ['a', 'b', 'c']
/** The SSM parameter in which the CDK's bootstrap stack keeps its version. */
const BOOTSTRAP_VERSION_PARAMETER = /^\/cdk-bootstrap\/[^/]+\/version$/
/** Resources that the CDK makes happen by a Lambda function of its own, and the local services by themselves. */
const PROVIDED_RESOURCES = new Set(['Custom::S3BucketNotifications', 'Custom::S3AutoDeleteObjects'])

/**
 * Turns a template into resources with plain values, in the order in which CloudFormation would create them.
 * Left out: resources whose condition is false, those without local effect, and functions that only provide
 * custom resources.
 * @throws NotImplemented naming every unknown resource type, or the intrinsic function or attribute
 */
export function resolveStack(
  template: Template,
  place: StackPlace,
): { resources: Resource[]; outputs: Record<string, string> } {
  const scope = createScope(template, place)
  const exists = (logicalId: string) => {
    const condition = template.Resources[logicalId]?.Condition
    return condition === undefined || scope.condition(condition)
  }
  const order = creationOrder(template).filter(exists)
  const unknown = order.map((id) => template.Resources[id]?.Type ?? '').filter((type) => !(type in RESOURCE_TYPES))
  if (unknown.length > 0) {
    throw new NotImplemented(`The resource type ${[...new Set(unknown)].sort().join(', ')}`)
  }

  const localize = createLocalizer(template, order, scope, place.endpoints)
  const providers = new Set<unknown>()
  const resources: Resource[] = []
  for (const logicalId of order) {
    const declared = template.Resources[logicalId]
    const type = declared && RESOURCE_TYPES[declared.Type]
    if (!declared || !type) continue
    const properties = localize(resolveValue(declared.Properties ?? {}, scope))
    if (!isRecord(properties)) throw new Error(`Properties of ${logicalId} must be an object`)
    if (PROVIDED_RESOURCES.has(declared.Type)) providers.add(properties.ServiceToken)
    if (type.noEffect !== undefined) continue
    const attributes: Record<string, string> = {}
    for (const attribute of Object.keys(type.attributes)) {
      attributes[attribute] = String(scope.getAtt(logicalId, attribute))
    }
    resources.push({ logicalId, type: declared.Type, physicalId: String(scope.ref(logicalId)), attributes, properties })
  }

  const outputs: Record<string, string> = {}
  for (const [key, output] of Object.entries(template.Outputs)) {
    if (output.Condition !== undefined && !scope.condition(output.Condition)) continue
    outputs[key] = String(localize(resolveValue(output.Value, scope)))
  }
  return { resources: resources.filter((resource) => !providers.has(resource.attributes.Arn)), outputs }
}

function createScope(template: Template, place: StackPlace): Scope {
  const pseudoParameters: Record<string, unknown> = {
    'AWS::Region': place.region,
    'AWS::AccountId': place.accountId,
    'AWS::StackName': place.stackName,
    'AWS::StackId': `arn:${PARTITION}:cloudformation:${place.region}:${place.accountId}:stack/${
      place.stackName
    }/${stableUuid(`${place.accountId}/${place.region}/${place.stackName}`)}`,
    'AWS::Partition': PARTITION,
    'AWS::URLSuffix': URL_SUFFIX,
    'AWS::NotificationARNs': [],
    'AWS::NoValue': NO_VALUE,
  }
  const physicalIds = new Map<string, string>()
  const conditions = new Map<string, boolean>()

  const typeAndNaming = (logicalId: string): { type: ResourceType; naming: Naming } => {
    const resource = template.Resources[logicalId]
    if (!resource) throw new Error(`The template refers to ${logicalId}, which it does not declare`)
    const type = RESOURCE_TYPES[resource.Type]
    if (!type) throw new NotImplemented(`The resource type ${resource.Type}`)
    const naming: Naming = {
      logicalId,
      stackName: place.stackName,
      region: place.region,
      accountId: place.accountId,
      partition: PARTITION,
      endpoints: place.endpoints,
      seed: `${place.accountId}/${place.region}/${place.stackName}/${logicalId}`,
      property(name) {
        const value = resolveValue(resource.Properties?.[name] ?? NO_VALUE, scope)
        return value === NO_VALUE ? undefined : String(value)
      },
      ref: () => String(scope.ref(logicalId)),
    }
    return { type, naming }
  }

  const scope: Scope = {
    ref(name) {
      if (name in pseudoParameters) return pseudoParameters[name]
      const parameter = template.Parameters[name]
      if (parameter) return parameterValue(name, parameter, place.bootstrapVersion)
      let physicalId = physicalIds.get(name)
      if (physicalId === undefined) {
        const { type, naming } = typeAndNaming(name)
        physicalId = type.ref(naming)
        physicalIds.set(name, physicalId)
      }
      return physicalId
    },
    getAtt(logicalId, attribute) {
      const { type, naming } = typeAndNaming(logicalId)
      const value = type.attributes[attribute]
      if (!value) {
        throw new NotImplemented(`Fn::GetAtt ${logicalId}.${attribute} (${template.Resources[logicalId]?.Type})`)
      }
      return value(naming)
    },
    condition(name) {
      let value = conditions.get(name)
      if (value === undefined) {
        if (!(name in template.Conditions))
          throw new Error(`The template names a condition it does not declare: ${name}`)
        value = resolveCondition(template.Conditions[name], scope)
        conditions.set(name, value)
      }
      return value
    },
    findInMap(map, top, second) {
      const value = template.Mappings[map]?.[top]?.[second]
      if (value === undefined) throw new Error(`Fn::FindInMap finds nothing at ${map}.${top}.${second}`)
      return value
    },
    availabilityZones: (region) => ZONE_LETTERS.map((letter) => region + letter),
  }
  return scope
}

function parameterValue(
  name: string,
  parameter: { Type: string; Default?: unknown },
  bootstrapVersion: unknown,
): unknown {
  if (parameter.Default === undefined)
    throw new Error(`Parameter ${name} has no default, and nobody to give it a value`)
  if (parameter.Type.startsWith('AWS::SSM::Parameter::')) {
    if (!BOOTSTRAP_VERSION_PARAMETER.test(String(parameter.Default)) || bootstrapVersion === undefined) {
      throw new NotImplemented(`The SSM parameter ${String(parameter.Default)}`)
    }
    return String(bootstrapVersion)
  }
  if (parameter.Type === 'CommaDelimitedList') return String(parameter.Default).split(',')
  return parameter.Default
}

/** Replaces the public address of every distribution by the local one, deeply. */
function createLocalizer(template: Template, order: string[], scope: Scope, endpoints: Endpoints) {
  const addresses = order
    .filter((logicalId) => template.Resources[logicalId]?.Type === 'AWS::CloudFront::Distribution')
    .map((logicalId) => `https://${String(scope.getAtt(logicalId, 'DomainName'))}`)
  const localize = (value: unknown): unknown => {
    if (typeof value === 'string') {
      return addresses.reduce((text, address) => text.replaceAll(address, endpoints.cloudfront), value)
    }
    if (Array.isArray(value)) return value.map(localize)
    if (isRecord(value)) return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, localize(entry)]))
    return value
  }
  return localize
}
