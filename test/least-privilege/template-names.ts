import type { Assembly } from '../../local/aws/resource.ts'
import type { Caller } from '../../local/aws/caller.ts'
import { readable } from '../infra/given.ts'

/** The parts of object keys and ARNs that differ from run to run. */
const VARIABLE_PARTS: [RegExp, string][] = [
  [/[0-9a-f]{8}-[0-9a-f-]{27}\/[0-9A-HJKMNP-TV-Z]{26}/g, '<owner>/<id>'],
  [/processed\/[A-Za-z0-9_-]{22}\/\d+\./g, 'processed/<mediaKey>/<long edge>.'],
]

/** Writes ARNs with the template's own names: `<OriginalsBucket>/originals/<owner>/<id>`. */
export function nameArns(text: string, { resources }: Assembly): string {
  const named = resources
    .filter(({ attributes }) => attributes.Arn !== undefined)
    .sort((left, right) => right.attributes.Arn!.length - left.attributes.Arn!.length)
    .reduce((rest, { attributes, logicalId }) => rest.replace(attributes.Arn!, `<${readable(logicalId)}>`), text)
  return VARIABLE_PARTS.reduce((rest, [pattern, name]) => rest.replace(pattern, name), named)
}

/** A role by its name in the template, a service by its principal. */
export function nameCaller(caller: Caller, assembly: Assembly): string {
  if (caller.kind === 'role') return nameArns(caller.arn, assembly).replace(/^<(.*)>$/, '$1')
  return caller.kind === 'service' ? caller.service : caller.kind
}
