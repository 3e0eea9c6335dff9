import Table from 'cli-table3'
import type { ImagePartsFragment } from '../generated/client.ts'

/** What moves a terminal's cursor, or turns a text round. Titles and file names are whatever their owner sent. */
const UNPRINTABLE = /[\p{Cc}\p{Bidi_Control}]/gu

/**
 * Images that wait for an operator as text for a terminal: a table of what to decide on, why, and where to look; or all
 * that is known of them as JSON, a list of images.
 */
export function heldImagesText(images: readonly ImagePartsFragment[], { json }: { json: boolean }): string {
  if (json) return JSON.stringify(images, null, 2)
  return images.length > 0 ? tableOf(images) : 'None is held.'
}

function tableOf(images: readonly ImagePartsFragment[]): string {
  const table = new Table({ style: { head: [], border: [] }, wordWrap: false })
  for (const image of images) {
    const row = (heading: string, value: string) => table.push([heading, value])
    const name = printable(image.title ?? image.fileName ?? '-')
    table.push([{ colSpan: 2, content: `${name}  ${image.moderationStatus}` }])
    row('id', image.id)
    row('owner', image.owner)
    row('found', found(image))
    row('uploaded', image.createdAt)
    row('look', smallestUrl(image))
  }
  return table.toString()
}

function found({ moderationLabels }: ImagePartsFragment): string {
  const labels = moderationLabels ?? []
  return labels.map(({ name, confidence }) => `${name} ${Math.round(confidence)} %`).join(', ') || 'none'
}

function smallestUrl({ variants }: ImagePartsFragment): string {
  const [smallest] = [...variants].sort((a, b) => a.width * a.height - b.width * b.height)
  return smallest?.url ?? '-'
}

function printable(text: string): string {
  return text.replace(UNPRINTABLE, '\uFFFD')
}
