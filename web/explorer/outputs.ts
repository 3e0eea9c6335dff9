import type { Outputs } from '../configure-amplify.ts'

/** @throws Error with a sentence for the page when Darkroom's addresses can't be had */
export async function loadOutputs(): Promise<Outputs> {
  const response = await fetch('amplify_outputs.json', { cache: 'no-store' })
  if (!response.ok) throw new Error(`amplify_outputs.json is not there (${response.status}). Is Darkroom running?`)
  return (await response.json()) as Outputs
}
