import { layerAsset, readTemplate } from './assembly.ts'
import { UsageError } from './command-line.ts'
import { findLayerFaults } from './layers/sharp-files.ts'

export const LAYER_MISSING = 'The sharp layer for arm64 is not installed; with a network, npm run synth installs it.'

/**
 * Refuses an assembly that would deploy functions which can't start.
 * @param out the assembly's folder
 * @throws UsageError
 */
export async function assertDeployable(out: string, stackName: string): Promise<void> {
  const folder = layerAsset(out, await readTemplate(out, stackName))
  const faults = folder ? await findLayerFaults(folder) : ['the template has no layer']
  if (faults.length === 0) return
  throw new UsageError(`Not deployed: ${faults.join('; ')}. With a network, npm run synth installs it.`)
}
