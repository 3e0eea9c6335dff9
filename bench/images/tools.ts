import { fileURLToPath } from 'node:url'
import type { Size } from '../../functions/lib/raster.ts'
import { JPEG_QUALITY, WEBP_EFFORT, WEBP_QUALITY } from '../../functions/lib/variant-formats.ts'
import type { Plan } from './plan.ts'

/** A program outside of Node. Each makes the outputs in the least work that its own options allow. */
export interface Tool {
  name: string
  /** What to install on Debian. */
  debianPackage: string
  /** How to ask for the version; fails where the tool is not installed. */
  version: string[]
  /**
   * Shell command that makes every output of the plan.
   * @param out folder for `<long edge>.webp` and `<long edge>.jpeg`
   */
  command(path: string, plan: Plan, out: string): string
}

const PILLOW_SCRIPT = fileURLToPath(new URL('./pillow.py', import.meta.url))

/** Debian's name of ImageMagick 6's own program: `convert` may be anything. */
const IMAGE_MAGICK = 'convert-im6.q16'

/** One thread: processor time is what is paid for, and one vCPU is what there is. */
const IMAGE_MAGICK_ONE_THREAD = '-limit thread 1'

export const TOOLS: Tool[] = [
  {
    name: 'imagemagick',
    debianPackage: 'imagemagick',
    version: [IMAGE_MAGICK, '-version'],
    command: (path, plan, out) => [
      IMAGE_MAGICK, IMAGE_MAGICK_ONE_THREAD, `-define jpeg:size=${sizeOf(plan.webp[0])}`, quote(path),
      '-auto-orient -strip', magickOutputs(plan, out), 'null:',
    ].join(' '),
  },
  {
    name: 'graphicsmagick',
    debianPackage: 'graphicsmagick',
    version: ['gm', 'version'],
    command: (path, plan, out) => [
      'OMP_NUM_THREADS=1 gm convert', `-size ${sizeOf(plan.webp[0])}`, quote(path),
      '-auto-orient +profile "*"', magickOutputs(plan, out), 'null:',
    ].join(' '),
  },
  {
    name: 'vipsthumbnail',
    debianPackage: 'libvips-tools',
    version: ['vipsthumbnail', '--vips-version'],
    command: (path, plan, out) => {
      // Pixels of the largest in a file of libvips's own, from which it all is made: the original is decoded once.
      const [largest, ...smaller] = plan.webp
      const pixels = `${out}/largest.v`
      const webp = `[Q=${WEBP_QUALITY},effort=${WEBP_EFFORT},profile=none,strip]`
      const make = (from: string, size: Size, to: string) =>
        `vipsthumbnail ${from} --size '${sizeOf(size)}!' -o '${to}'`
      return [
        'export VIPS_CONCURRENCY=1',
        make(quote(path), largest, pixels),
        make(pixels, largest, `${out}/${edge(largest)}.webp${webp}`),
        make(pixels, plan.jpeg, `${out}/${edge(plan.jpeg)}.jpeg[Q=${JPEG_QUALITY},profile=none,strip]`),
        ...smaller.map((size) => make(pixels, size, `${out}/${edge(size)}.webp${webp}`)),
      ].join(' && ')
    },
  },
  {
    name: 'pillow',
    debianPackage: 'python3-pil',
    version: ['/usr/bin/python3', '-c', 'import PIL; print("Pillow", PIL.__version__)'],
    command: (path, plan, out) => [
      '/usr/bin/python3', PILLOW_SCRIPT, quote(path), out, WEBP_QUALITY, WEBP_EFFORT, JPEG_QUALITY, edge(plan.jpeg),
      ...plan.webp.map(sizeOf),
    ].join(' '),
  },
]

/** Each from the next larger one; the JPEG is written where the pixels have its size. */
function magickOutputs(plan: Plan, out: string): string {
  const settings = `-quality ${WEBP_QUALITY} -define webp:method=${WEBP_EFFORT}`
  const webp = (size: Size) => `-resize '${sizeOf(size)}!' ${settings} -write ${out}/${edge(size)}.webp`
  const jpeg = `-quality ${JPEG_QUALITY} -write ${out}/${edge(plan.jpeg)}.jpeg`
  return plan.webp.map((size) => (edge(size) === edge(plan.jpeg) ? `${webp(size)} ${jpeg}` : webp(size))).join(' ')
}

function sizeOf({ width, height }: Size): string {
  return `${width}x${height}`
}

function edge({ width, height }: Size): number {
  return Math.max(width, height)
}

function quote(path: string): string {
  return `'${path.replaceAll("'", "'\\''")}'`
}
