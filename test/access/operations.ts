import { IMAGE_IDS, type Field } from './expectations.ts'
import { isRole, type Principal } from './principals.ts'

/** What is sent for one cell, and where in the answer its value stands. */
export interface Operation {
  kind: 'query' | 'mutation' | 'subscription'
  query: string
  path: string[]
}

/** All that can be selected below fields of `Image` that are no leaves: every nested type has to let its reader in. */
const NESTED: Record<string, string> = {
  variants: '{ width height format byteSize url }',
  labels: '{ name confidence parents instances { confidence boundingBox { left top width height } } }',
  failure: '{ code message retryable }',
}

const UPLOAD = '{ fileName: "a.jpg", contentType: "image/jpeg", byteSize: 1 }'

/** Records what is so already: PROCESSING may be repeated. */
const record = (owner: string, selection: string) => `recordImageProcessed(
  input: { id: "${IMAGE_IDS.PROCESSING}", owner: "${owner}", status: PROCESSING }
) { ${selection} }`

/** @param owner the owner's `sub` */
export function operationFor(field: Field, principal: Principal, owner: string): Operation {
  const [typeName = '', name = '', imageName] = field.split(/[.,] ?/)
  const id = IMAGE_IDS[(imageName ?? 'PUBLIC') as keyof typeof IMAGE_IDS]
  if (typeName === 'Image') {
    const selection = `${name} ${NESTED[name] ?? ''}`
    return isRole(principal)
      ? operation('mutation', record(owner, selection), ['recordImageProcessed', name])
      : operation('query', `image(id: "${id}") { ${selection} }`, ['image', name])
  }
  const texts: Record<string, string> = {
    image: `image(id: "${id}") { id }`,
    images: 'images { items { id } nextToken }',
    publicImages: 'publicImages { items { id } nextToken }',
    requestUpload: `requestUpload(input: ${UPLOAD}) { image { id } upload { url method headers { name value } expiresAt } }`,
    updateImage: `updateImage(input: { id: "${id}", title: "Bridge" }) { id }`,
    recordImageProcessed: record(owner, 'id'),
    onImageProcessed: 'onImageProcessed { id }',
  }
  const text = texts[name]
  if (text === undefined) throw new Error(`test/access/operations.ts does not say how ${field} is asked for.`)
  return operation(typeName.toLowerCase() as Operation['kind'], text, [name])
}

const operation = (kind: Operation['kind'], text: string, path: string[]): Operation =>
  ({ kind, query: `${kind} { ${text} }`, path })
