import { prepareWith } from './separate.ts'

/** As `separate`, with the settings that sharp's `webp()` has when it is told nothing: quality 80, effort 4. */
export const prepare = prepareWith({})
