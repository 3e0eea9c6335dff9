/** What `requestUpload` takes, as its input's description says, and how people call it. */
const NAMES: Record<string, string> = {
  'image/jpeg': 'JPEG',
  'image/png': 'PNG',
  'image/webp': 'WebP',
  'image/gif': 'GIF',
  'image/avif': 'AVIF',
  'image/tiff': 'TIFF',
  'image/heic': 'HEIC',
}

export const CONTENT_TYPES = Object.keys(NAMES)

/** Of files whose type many browsers do not know. */
const HEIC_EXTENSION = '.heic'

/** What a file chooser offers. */
export const CHOOSABLE = [...CONTENT_TYPES, HEIC_EXTENSION].join()

export const NAMED = new Intl.ListFormat('en', { type: 'disjunction' }).format(Object.values(NAMES))

/** The type that a browser knows of a file, or that its name tells; empty when neither does. */
export function contentTypeOf({ name, type }: { name: string; type: string }): string {
  return type === '' && name.toLowerCase().endsWith(HEIC_EXTENSION) ? 'image/heic' : type
}
