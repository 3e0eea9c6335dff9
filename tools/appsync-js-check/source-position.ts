import { posix } from 'node:path'
import { SourceMapConsumer, type RawSourceMap } from 'source-map-js'

const INLINE_MAP = /\/\/# sourceMappingURL=data:application\/json;(?:charset=[^;,]+;)?base64,([A-Za-z0-9+/=]+)\s*$/

/** Where a place of the bundled code came from: the file, the line from 1, the column from 1. */
export type FindSource = (line: number, column: number) => { file: string; line: number; column: number }

/** The source map that esbuild wrote at the end of the code, or undefined. */
function inlineMap(code: string): RawSourceMap | undefined {
  const encoded = INLINE_MAP.exec(code)?.[1]
  if (!encoded) return undefined
  return JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')) as RawSourceMap
}

/**
 * Leads from a place in bundled code back to the file it was written in.
 * @param fileName of the bundled code; the map's relative sources are read from its folder
 * @param sourceMap JSON of a separate map; by default the inline one, if any
 * @returns a function that takes a line from 1 and a column from 0
 */
export function sourceFinder(code: string, fileName: string, sourceMap?: string): FindSource {
  const map = sourceMap === undefined ? inlineMap(code) : (JSON.parse(sourceMap) as RawSourceMap)
  if (!map) return (line, column) => ({ file: fileName, line, column: column + 1 })
  const consumer = new SourceMapConsumer(map)
  return (line, column) => {
    const { source, line: sourceLine, column: sourceColumn } = consumer.originalPositionFor({ line, column })
    if (!source || sourceLine === null) return { file: fileName, line, column: column + 1 }
    const file = posix.isAbsolute(source) ? source : posix.join(posix.dirname(fileName), source)
    return { file, line: sourceLine, column: (sourceColumn ?? 0) + 1 }
  }
}
