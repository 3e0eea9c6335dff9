import { IMAGE_IDS, type Field } from './expectations.ts'
import { isRole, type Principal } from './principals.ts'
import { fieldsOf, selectionOf } from './schema-fields.ts'

/** What is sent for one cell, and where in the answer its value stands. */
export interface Operation {
  kind: 'query' | 'mutation' | 'subscription'
  query: string
  path: string[]
}

/** Recording PROCESSING may be repeated: every cell finds the image as it was. */
const recorded = (owner: string) => `{ id: "${IMAGE_IDS.PROCESSING}", owner: "${owner}", status: PROCESSING }`

/** Arguments of the fields that need some. */
function argumentsOf(name: string, id: string, owner: string): string {
  const texts: Record<string, string> = {
    image: `(id: "${id}")`,
    requestUpload: '(input: { fileName: "a.jpg", contentType: "image/jpeg", byteSize: 1 })',
    updateImage: `(input: { id: "${id}", title: "Bridge" })`,
    recordImageProcessed: `(input: ${recorded(owner)})`,
  }
  return texts[name] ?? ''
}

/** @param owner the owner's `sub` */
export function operationFor(field: Field, principal: Principal, owner: string): Operation {
  const [typeName = '', name = '', imageName = 'PUBLIC'] = field.split(/[.,] ?/)
  const found = fieldsOf(typeName).find((candidate) => candidate.name === name)
  if (!found) throw new Error(`schema.graphql has no ${field}.`)
  const id = IMAGE_IDS[imageName as keyof typeof IMAGE_IDS]
  const selection = selectionOf(found.typeName)
  if (typeName !== 'Image') {
    const kind = typeName.toLowerCase() as Operation['kind']
    return { kind, query: `${kind} { ${name}${argumentsOf(name, id, owner)} ${selection} }`, path: [name] }
  }
  const kind = isRole(principal) ? 'mutation' : 'query'
  const parent = kind === 'mutation' ? 'recordImageProcessed' : 'image'
  return {
    kind,
    query: `${kind} { ${parent}${argumentsOf(parent, id, owner)} { ${name} ${selection} } }`,
    path: [parent, name],
  }
}
