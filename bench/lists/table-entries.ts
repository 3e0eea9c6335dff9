import { countedLabels, facetsOf } from '../../resolvers/lib/facets.ts'
import type { ImageItem } from '../../resolvers/lib/image.ts'
import { fileKey, labelCountKey } from '../../resolvers/lib/keys.ts'
import { toApiItem } from '../../local/appsync/dynamodb/attribute-values.ts'
import { toMapValues } from '../../local/appsync/runtime/util/dynamodb-values.ts'
import type { Item } from '../../local/dynamodb/dynalite.ts'

/** What the table holds of an image that is READY, as the resolvers write it: the image, its facets, its file. */
export function tableItems(image: ImageItem): Item[] {
  const facets = facetsOf(image).map(({ facet, facetKey, attributes }) =>
    texts({ id: image.id, facet, facetKey, ...attributes }))
  const { id, facet } = fileKey(image.owner, image.sha256!)
  return [toApiItem(toMapValues(image), 'image'), ...facets, { ...texts({ id, facet }), imageIds: { SS: [image.id] } }]
}

/** Counts labels as the resolvers do. */
export class LabelCounts {
  private readonly names = new Map<string, { name: string; count: number }>()

  add(image: ImageItem): void {
    for (const name of countedLabels(image)) {
      const counted = this.names.get(name.toLowerCase()) ?? { name, count: 0 }
      counted.count += 1
      this.names.set(name.toLowerCase(), counted)
    }
  }

  items(owner: string): Item[] {
    return [...this.names.values()].map(({ name, count }) =>
      ({ ...texts({ ...labelCountKey(owner, name), name }), count: { N: String(count) } }))
  }
}

/** Every attribute of a facet is a text. */
function texts(attributes: Record<string, unknown>): Item {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, { S: value }]))
}
