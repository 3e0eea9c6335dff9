import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DEFAULT_STACK_NAME } from '../../infra/synth.ts'
import { isRecord } from '../../local/aws/json.ts'
import { asList, flatten, readable } from '../infra/given.ts'

export interface Template {
  Resources: Record<string, TemplateResource>
}

interface TemplateResource {
  Type: string
  Properties?: Record<string, unknown>
}

/** One thing that one holder may do, and the template that lacks it and nothing else. */
export interface Grant {
  /** E.g. `UploadSigningSignUploadRole: s3:PutObject on <OriginalsBucket.Arn>/originals/*`. */
  title: string
  /**
   * What holds it: a role's policies, the policy of a bucket or queue, the trust that lets a service assume a role, one
   * of AWS's managed policies on a role, or a Lambda permission.
   */
  kind: 'identity policy' | 'resource policy' | 'trust policy' | 'managed policy' | 'permission'
  without: Template
}

/** Where a template keeps something: logical id, then names and indexes down to it. */
type Path = (string | number)[]

interface Statement {
  Effect: string
  Action?: unknown
  Resource?: unknown
  Principal?: unknown
  [member: string]: unknown
}

export const TEMPLATE_FILE = `${DEFAULT_STACK_NAME}.template.json`

export function readTemplate(assemblyDir: string): Template {
  return JSON.parse(readFileSync(join(assemblyDir, TEMPLATE_FILE), 'utf8')) as Template
}

/** Every grant of the template: each action on each resource of each statement that allows something. */
export function grantsOf(template: Template): Grant[] {
  return Object.entries(template.Resources).flatMap(([logicalId, resource]) => [
    ...permissionGrants(template, logicalId, resource),
    ...managedPolicyGrants(template, logicalId, resource),
    ...documentsIn(resource.Properties, [logicalId, 'Properties']).flatMap((path) =>
      documentGrants(template, logicalId, resource, path),
    ),
  ])
}

function permissionGrants(template: Template, logicalId: string, resource: TemplateResource): Grant[] {
  if (resource.Type !== 'AWS::Lambda::Permission') return []
  const without = structuredClone(template)
  delete without.Resources[logicalId]
  return [{ title: `${readable(logicalId)}: ${String(resource.Properties?.Action)}`, kind: 'permission', without }]
}

function managedPolicyGrants(template: Template, logicalId: string, resource: TemplateResource): Grant[] {
  const managed = resource.Type === 'AWS::IAM::Role' ? asList(resource.Properties?.ManagedPolicyArns ?? []) : []
  return managed.map((policy, index) => ({
    title: `${readable(logicalId)}: ${flatten(policy)}`,
    kind: 'managed policy',
    without: changed(template, [logicalId, 'Properties', 'ManagedPolicyArns'], managed.toSpliced(index, 1)),
  }))
}

/** Paths of everything that has statements, whatever the resource calls it. */
function documentsIn(value: unknown, path: Path): Path[] {
  if (Array.isArray(value)) return value.flatMap((element, index) => documentsIn(element, [...path, index]))
  if (!isRecord(value)) return []
  if (value.Statement !== undefined) return [path]
  return Object.entries(value).flatMap(([name, member]) => documentsIn(member, [...path, name]))
}

function documentGrants(template: Template, logicalId: string, resource: TemplateResource, path: Path): Grant[] {
  const statements = asList(at(template, [...path, 'Statement'])) as Statement[]
  const holder = holderOf(logicalId, resource)
  return statements.flatMap((statement, index) => {
    if (statement.Effect !== 'Allow') return []
    return pairsOf(statement).map((pair, pairIndex, pairs) => {
      const kept = pairs.toSpliced(pairIndex, 1).map((other) => ({ ...statement, ...other }))
      const who = statement.Principal === undefined ? '' : ` by ${JSON.stringify(statement.Principal)}`
      const what = pair.Resource === undefined ? '' : ` on ${flatten(pair.Resource)}`
      return {
        title: `${holder}: ${String(pair.Action)}${what}${who}`,
        kind: kindOf(path, resource),
        without: changed(template, [...path, 'Statement'], statements.toSpliced(index, 1, ...kept)),
      }
    })
  })
}

/** A statement's actions, each with each of its resources; a trust policy's have none. */
function pairsOf({ Action, Resource }: Statement): { Action: unknown; Resource?: unknown }[] {
  return asList(Action).flatMap((action) =>
    Resource === undefined
      ? [{ Action: action }]
      : asList(Resource).map((resource) => ({ Action: action, Resource: resource })),
  )
}

function kindOf(path: Path, { Type }: TemplateResource): Grant['kind'] {
  if (path.includes('AssumeRolePolicyDocument')) return 'trust policy'
  return Type.startsWith('AWS::IAM::') ? 'identity policy' : 'resource policy'
}

/** The roles of a policy that stands beside them; else the resource itself. */
function holderOf(logicalId: string, { Properties }: TemplateResource): string {
  const roles = asList(Properties?.Roles ?? []) as { Ref: string }[]
  return roles.length > 0 ? roles.map(({ Ref }) => readable(Ref)).join(', ') : readable(logicalId)
}

function at(template: Template, path: Path): unknown {
  return path.reduce<unknown>((value, step) => (value as Record<string | number, unknown>)[step], template.Resources)
}

function changed(template: Template, path: Path, value: unknown): Template {
  const copy = structuredClone(template)
  const holder = at(copy, path.slice(0, -1)) as Record<string | number, unknown>
  holder[path.at(-1)!] = value
  return copy
}
