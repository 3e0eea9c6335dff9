import { IMAGE_IDS, MEDIA_KEY, type Field } from './expectations.ts'
import { signsWithIam, type Principal } from './principals.ts'
import { fieldsOf, selectionOf } from './schema-fields.ts'

/** What is sent for one cell, and where in the answer its value stands. */
export interface Operation {
  kind: 'query' | 'mutation' | 'subscription'
  query: string
  path: string[]
}

const UPLOAD = '{ fileName: "a.jpg", contentType: "image/jpeg", byteSize: 1 }'

/** Recording PROCESSING may be repeated: every cell finds the image as it was. */
const recorded = (owner: string) => `{ id: "${IMAGE_IDS.PROCESSING}", owner: "${owner}", status: PROCESSING }`

/** Arguments of the fields that need some. */
function argumentsOf(name: string, id: string, owner: string): string {
  const texts: Record<string, string> = {
    image: `(id: "${id}")`,
    imageChanges: '(since: "1970-01-01T00:00:00Z")',
    similarImages: `(id: "${id}")`,
    requestUpload: `(input: ${UPLOAD})`,
    requestUploads: `(inputs: [${UPLOAD}])`,
    deleteImage: `(id: "${IMAGE_IDS.DELETED}")`,
    deleteImages: `(ids: ["${IMAGE_IDS.DELETED}"])`,
    reprocessImage: `(id: "${id}")`,
    publishImageChange: `(id: "${id}")`,
    recordImageRemoved: `(input: { id: "${IMAGE_IDS.DELETED}", owner: "${owner}" })`,
    recordImageViews: `(input: { mediaKey: "${MEDIA_KEY}", logFile: "a.gz", views: 1, lastViewedAt: "2026-01-02T03:04:05Z" })`,
    updateImage: `(input: { id: "${id}", title: "Bridge" })`,
    recordImageLabels: `(input: { id: "${IMAGE_IDS.PUBLIC}", owner: "${owner}", labelsStatus: READY })`,
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
  const kind = signsWithIam(principal) ? 'mutation' : 'query'
  const parent = kind === 'mutation' ? 'recordImageProcessed' : 'image'
  return {
    kind,
    query: `${kind} { ${parent}${argumentsOf(parent, id, owner)} { ${name} ${selection} } }`,
    path: [parent, name],
  }
}
