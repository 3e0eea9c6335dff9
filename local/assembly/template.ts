import { isRecord } from '../aws/json.ts'

/** A resource as the template declares it, intrinsic functions unresolved. */
export interface TemplateResource {
  Type: string
  Properties?: Record<string, unknown>
  DependsOn?: string | string[]
  /** Name of the condition under which the resource exists. */
  Condition?: string
}

/** The sections of a CloudFormation template that the local run reads. */
export interface Template {
  Resources: Record<string, TemplateResource>
  Parameters: Record<string, { Type: string; Default?: unknown }>
  Mappings: Record<string, Record<string, Record<string, unknown>>>
  Conditions: Record<string, unknown>
  Outputs: Record<string, { Value: unknown; Condition?: string }>
}

/** Sections with no say in what a stack's resources are. */
const IGNORED_SECTIONS = new Set(['AWSTemplateFormatVersion', 'Description', 'Metadata', 'Rules'])

const READ_SECTIONS = ['Resources', 'Parameters', 'Mappings', 'Conditions', 'Outputs'] as const

/**
 * Checks the outline of a template.
 * @throws Error naming the section that is missing, unknown or no object
 */
export function parseTemplate(json: unknown, fileName: string): Template {
  if (!isRecord(json)) throw new Error(`${fileName} must hold a JSON object`)
  for (const section of Object.keys(json)) {
    if (!IGNORED_SECTIONS.has(section) && !(READ_SECTIONS as readonly string[]).includes(section)) {
      throw new Error(`${fileName} has a section that the local run does not read: ${section}`)
    }
  }
  const sections = Object.fromEntries(
    READ_SECTIONS.map((section) => {
      const value = json[section] ?? {}
      if (!isRecord(value)) throw new Error(`${section} in ${fileName} must be an object`)
      return [section, value]
    }),
  )
  for (const [logicalId, resource] of Object.entries(sections.Resources ?? {})) {
    if (!isRecord(resource) || typeof resource.Type !== 'string') {
      throw new Error(`Resource ${logicalId} in ${fileName} has no Type`)
    }
  }
  return sections as unknown as Template
}

/** Logical ids that a value names through `Ref`, `Fn::GetAtt` or `Fn::Sub`. */
function referencesIn(value: unknown, found: Set<string> = new Set()): Set<string> {
  if (Array.isArray(value)) {
    for (const entry of value) referencesIn(entry, found)
  } else if (isRecord(value)) {
    for (const [key, entry] of Object.entries(value)) {
      if (key === 'Ref' && typeof entry === 'string') found.add(entry)
      else if (key === 'Fn::GetAtt') found.add(String(Array.isArray(entry) ? entry[0] : String(entry).split('.')[0]))
      else if (key === 'Fn::Sub') {
        const text = Array.isArray(entry) ? String(entry[0]) : String(entry)
        for (const [, name] of text.matchAll(/\$\{([^!}.]+)/g)) if (name) found.add(name)
      }
      referencesIn(entry, found)
    }
  }
  return found
}

/**
 * Logical ids in the order in which CloudFormation would create them: each after what it refers to or depends on.
 * @throws Error naming the circle when there is one
 */
export function creationOrder(template: Template): string[] {
  const order: string[] = []
  const state = new Map<string, 'open' | 'done'>()
  const visit = (logicalId: string, path: string[]): void => {
    const resource = template.Resources[logicalId]
    if (!resource || state.get(logicalId) === 'done') return
    if (state.get(logicalId) === 'open') {
      const circle = [...path.slice(path.indexOf(logicalId)), logicalId]
      throw new Error(`Circular dependency between resources: ${circle.join(' -> ')}`)
    }
    state.set(logicalId, 'open')
    for (const dependency of [resource.DependsOn ?? []].flat()) visit(dependency, [...path, logicalId])
    for (const reference of referencesIn(resource.Properties)) visit(reference, [...path, logicalId])
    state.set(logicalId, 'done')
    order.push(logicalId)
  }
  for (const logicalId of Object.keys(template.Resources)) visit(logicalId, [])
  return order
}
