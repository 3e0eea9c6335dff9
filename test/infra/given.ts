import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, inject } from 'vitest'
import { readTemplate, type Template } from '../../infra/assembly.ts'
import { DEFAULT_STACK_NAME } from '../../infra/synth.ts'

/** A folder under the system's temporary one that is gone after the file's tests. */
export function givenFolder(): { path: string } {
  const folder = { path: '' }
  beforeAll(async () => { folder.path = await mkdtemp(join(tmpdir(), 'darkroom-infra-')) })
  afterAll(() => rm(folder.path, { recursive: true, force: true }))
  return folder
}

/** The template that every test of this run shares: what `npm run synth` would deploy. */
export function givenTemplate(): { template: Template } {
  const given = {} as { template: Template }
  beforeAll(async () => { given.template = await readTemplate(inject('assemblyDir'), DEFAULT_STACK_NAME) })
  return given
}

/** Properties of the resources of one type, by logical id without its hash, e.g. `OriginalsBucket`. */
export function propertiesOf(template: Template, type: string): Record<string, Record<string, unknown>> {
  return Object.fromEntries(Object.entries(template.Resources)
    .filter(([, resource]) => resource.Type === type)
    .map(([logicalId, { Properties = {} }]) => [readable(logicalId), Properties]))
}

/** Writes intrinsic functions as text: `<OriginalsBucket.Arn>/originals/*`. */
export function flatten(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value)
  const [[intrinsic, argument] = []] = Object.entries(value)
  if (intrinsic === 'Ref') return `<${readable(String(argument))}>`
  if (intrinsic === 'Fn::GetAtt') return `<${(argument as string[]).map(readable).join('.')}>`
  if (intrinsic === 'Fn::Join') return (argument as [string, unknown[]])[1].map(flatten).join('')
  throw new Error(`expected Ref, Fn::GetAtt or Fn::Join, got ${JSON.stringify(value)}`)
}

/** A logical id without the hash that the CDK puts behind it. */
export function readable(logicalId: string): string {
  return logicalId.replace(/[0-9A-F]{8}$/, '').replace(/050a0587b7544547bf325f094a3db834/, '')
}

/** One thing or a list of things, as CloudFormation has it, as a list. */
export function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value]
}
