/** What every contender makes of a photograph. */
export interface Developed {
  /** WebP, largest first. */
  webp: { longEdge: number; bytes: Uint8Array }[]
  /** For old clients, and for Rekognition. */
  jpeg: { longEdge: number; bytes: Uint8Array }
}

/**
 * Gets a photograph ready, which is not measured, and answers what is measured. Nothing is written to a disk or sent
 * anywhere in between.
 */
export type Prepare = (path: string) => Promise<() => Promise<Developed>>

/** The contenders that run on Node, by file: `images/<name>.ts` exports `prepare`. */
export const NODE_CONTENDERS = ['darkroom', 'separate', 'separate-defaults', 'floor', 'bare-floor'] as const
export type NodeContender = (typeof NODE_CONTENDERS)[number]

/** One run of one contender on one photograph. */
export interface Cost {
  wallMs: number
  cpuMs: number
}
