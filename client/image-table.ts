import Table from 'cli-table3'
import type { ImagePartsFragment } from '../generated/client.ts'

/** Labels shown in a table; `--json` has all of them. */
const SHOWN_LABELS = 6

/** One image as a table for a terminal. */
export function imageTable(file: string, image: ImagePartsFragment): string {
  const table = new Table({ style: { head: [], border: [] }, wordWrap: false })
  const row = (name: string, value: string | number | null | undefined) => table.push([name, String(value ?? '-')])
  table.push([{ colSpan: 2, content: `${file}  ${image.status}` }])
  row('id', image.id)
  if (image.status === 'DELETED') return table.toString()
  if (image.failure) {
    row('failure', image.failure.code)
    row('', image.failure.message)
    row('try again', image.failure.retryable ? 'yes' : 'no')
    return table.toString()
  }
  row('original', `${image.width} x ${image.height} px, ${kilobytes(image.byteSize)}, ${image.contentType}`)
  for (const { width, height, format, byteSize, url } of image.variants) {
    row(`${width} x ${height}`, `${format}, ${kilobytes(byteSize)}\n${url}`)
  }
  row('dominant colour', image.dominantColor)
  row('thumbhash', image.thumbhash)
  const labels = image.labels.slice(0, SHOWN_LABELS).map(({ name, confidence }) => `${name} ${Math.round(confidence)} %`)
  row('labels', image.labelsStatus === 'READY' ? labels.join(', ') || 'none' : image.labelsStatus)
  return table.toString()
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`
}
