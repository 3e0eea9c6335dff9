import sharp from 'sharp'
import { developImage } from '../../functions/lib/develop-image.ts'
import { FAILURES } from '../../functions/lib/failures.ts'
import { arrivalOf, givenDarkroom } from '../functions/given.ts'

/** The process that is watched: develops one file after the other, as the Lambda function would in one environment. */

/** A file to develop. */
export interface Work {
  bytes: Uint8Array
  contentType: string
}

/** What became of it. `fault` says in a sentence what must not be; undefined when all is well. */
export interface Done {
  type: 'done'
  status: string
  code: string | undefined
  fault: string | undefined
  ms: number
  /** Peak of the process so far, in KiB. */
  maxRssKb: number
}

async function develop({ bytes, contentType }: Work): Promise<Omit<Done, 'type' | 'ms' | 'maxRssKb'>> {
  const darkroom = givenDarkroom({ bytes: Buffer.from(bytes), contentType })
  try {
    await developImage(arrivalOf(bytes.length), darkroom.services)
  } catch (error) {
    return { status: 'thrown', code: undefined, fault: `expected READY or REJECTED, got ${describe(error)}` }
  }
  const outcome = darkroom.reports.at(-1)
  const status = outcome?.status ?? 'none'
  const code = outcome?.failure?.code
  if (status === 'READY') return { status, code, fault: await faultOfVariants(darkroom) }
  const listed = code !== undefined && code in FAILURES && FAILURES[code as keyof typeof FAILURES].status === status
  if (status !== 'REJECTED' || !listed) return { status, code, fault: `expected a listed code, got ${status} ${code}` }
  const { size } = darkroom.media
  return { status, code, fault: size > 0 ? `expected no variant of a refused file, got ${size}` : undefined }
}

/** Every variant that was reported is stored, and is the picture that it was said to be. */
async function faultOfVariants({ reports, media }: ReturnType<typeof givenDarkroom>): Promise<string | undefined> {
  const variants = reports.at(-1)?.variants ?? []
  if (variants.length === 0) return 'expected variants, got none'
  if (media.size !== variants.length) return `expected ${variants.length} stored variants, got ${media.size}`
  const stored = [...media.values()]
  for (const { width, height, byteSize } of variants) {
    const file = stored.find(({ bytes }) => bytes.length === byteSize)
    const is = file ? await sharp(file.bytes).metadata() : undefined
    if (is?.width !== width || is.height !== height) {
      return `expected a variant of ${width} x ${height} and ${byteSize} bytes, got ${is?.width} x ${is?.height}`
    }
  }
  return undefined
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.stack} because of ${error.cause.message}` : String(error.stack)
}

process.on('message', (work: Work) => {
  const startedAt = performance.now()
  void develop(work).then((what) => {
    const { maxRSS: maxRssKb } = process.resourceUsage()
    process.send?.({ type: 'done', ...what, ms: performance.now() - startedAt, maxRssKb } satisfies Done)
  })
})
process.on('disconnect', () => process.exit())
process.send?.({ type: 'ready' })
