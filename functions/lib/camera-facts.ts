import ExifReader from 'exifreader'

/** What a camera wrote that tells neither where a picture was taken, nor by whom, nor with which device of a kind. */
export interface CameraFacts {
  /**
   * When it was taken: `2024-05-01T12:33:07`, the time of day at the place, or `2024-05-01T12:33:07+02:00` when the
   * camera knew its zone.
   */
  takenAt?: string
  /** Who built the camera, e.g. `Canon`. */
  make?: string
  /** What they call it, e.g. `Canon EOS R6`. */
  model?: string
}

/** Characters of make and model at most; what is longer is cut. */
export const MAX_CAMERA_TEXT_LENGTH = 64

/**
 * Bytes of EXIF that are read: what a segment of a JPEG holds at most. Other formats can hold more, with the directory
 * of tags still in front. Source: ITU-T T.81, B.1.1.4, lengths of 16 bits.
 */
export const MAX_EXIF_BYTES = 65_536

/** In front of EXIF in a JPEG; other formats go without. Source: CIPA DC-008 (Exif 2.32), 4.7.2. */
const PREFIX = Buffer.from('Exif\0\0', 'latin1')

/** First bytes of EXIF, which is a TIFF file: least or most significant byte first. Source: TIFF 6.0, section 2. */
const BYTE_ORDERS = ['II*\0', 'MM\0*'].map((mark) => Buffer.from(mark, 'latin1'))

const TAGS = ['Make', 'Model', 'DateTimeOriginal', 'OffsetTimeOriginal'] as const

/** `2024:05:01 12:33:07`. Source: CIPA DC-008, DateTimeOriginal. */
const EXIF_TIME = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)$/

/** `+02:00`, from UTC-12 to UTC+14. Source: CIPA DC-008, OffsetTimeOriginal. */
const EXIF_OFFSET = /^([+-]0\d|[+-]1[0-2]|\+1[34]):[0-5]\d$/

/**
 * The camera and the time of a photograph. Places, people, serial numbers and all other tags are left unread.
 * EXIF is the uploader's to write: garbage gives null, whatever is not what its tag promises is left out.
 * @param exif as sharp's metadata has it
 * @returns null when there is nothing to tell
 */
export function cameraFacts(exif: Buffer | undefined): CameraFacts | null {
  if (exif === undefined) return null
  const tags = readTags(exif)
  const [takenAt, make, model] = [timeOf(tags), textOf(tags.Make), textOf(tags.Model)]
  const facts = { ...(takenAt && { takenAt }), ...(make && { make }), ...(model && { model }) }
  return Object.keys(facts).length > 0 ? facts : null
}

/** What the reader gives for a value that would lie outside of the EXIF. */
const FAULTY = '<faulty value>'

type Tags = Partial<Record<(typeof TAGS)[number], string>>

function readTags(exif: Buffer): Tags {
  const start = exif.subarray(0, PREFIX.length).equals(PREFIX) ? PREFIX.length : 0
  const tiff = exif.subarray(start, start + MAX_EXIF_BYTES)
  // The reader would also take other files than TIFF, and look for EXIF in them.
  if (!BYTE_ORDERS.some((mark) => tiff.subarray(0, mark.length).equals(mark))) return {}
  try {
    const { exif: found = {} } = ExifReader.load(tiff, { expanded: true, includeTags: { exif: [...TAGS] } })
    return Object.fromEntries(TAGS.map((name) => [name, firstText(found[name]?.value)]))
  } catch {
    return {}
  }
}

/** ASCII tags are read as a list of what lies between their NULs; anything else is no text. */
function firstText(value: unknown): string | undefined {
  const text: unknown = Array.isArray(value) ? value.find((part) => typeof part === 'string') : undefined
  return typeof text === 'string' && text !== FAULTY ? text : undefined
}

function timeOf({ DateTimeOriginal = '', OffsetTimeOriginal = '' }: Tags): string | undefined {
  const [, year, month, day, time] = EXIF_TIME.exec(DateTimeOriginal.trim()) ?? []
  const local = `${year}-${month}-${day}T${time}`
  if (!isRealTime(local)) return undefined
  const offset = OffsetTimeOriginal.trim()
  return EXIF_OFFSET.test(offset) ? local + offset : local
}

/** Cameras without a clock write zeros or blanks, and 31 February comes back as a day in March. */
function isRealTime(local: string): boolean {
  const time = new Date(`${local}Z`)
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(local)
}

/** Without what a terminal or a page could take for a command: control, format and unassigned characters. */
function textOf(text = ''): string | undefined {
  const printable = [...text.replace(/\p{C}/gu, '').trim()]
  return printable.slice(0, MAX_CAMERA_TEXT_LENGTH).join('').trim() || undefined
}
