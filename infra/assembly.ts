import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A resource as it stands in a synthesized template. */
export interface TemplateResource {
  Type: string
  Properties?: Record<string, unknown>
  DeletionPolicy?: string
}

export interface Template {
  Resources: Record<string, TemplateResource>
}

/** @throws Error with code ENOENT when nothing was synthesized there under that name */
export async function readTemplate(out: string, stackName: string): Promise<Template> {
  const template: unknown = JSON.parse(await readFile(join(out, `${stackName}.template.json`), 'utf8'))
  return template as Template
}

/** The folder of the asset that the template's sharp layer is made of, below the assembly. */
export function layerAsset(out: string, template: Template): string | undefined {
  const layer = Object.values(template.Resources).find(({ Type }) => Type === 'AWS::Lambda::LayerVersion')
  const content = layer?.Properties?.['Content']
  if (typeof content !== 'object' || content === null || !('S3Key' in content)) return undefined
  return join(out, `asset.${String(content.S3Key).replace(/\.zip$/, '')}`)
}

/** What outlives the stack: logical id and type of every resource that CloudFormation will not delete. */
export function retainedResources(template: Template): { logicalId: string; type: string }[] {
  return Object.entries(template.Resources)
    .filter(([, { DeletionPolicy }]) => DeletionPolicy?.startsWith('Retain'))
    .map(([logicalId, { Type }]) => ({ logicalId, type: Type }))
}
