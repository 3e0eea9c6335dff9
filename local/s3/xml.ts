import { XMLBuilder, XMLParser, XMLValidator } from 'fast-xml-parser'
import { S3Error } from './errors.ts'

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/'
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'

const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@', suppressEmptyNode: true })
const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false, trimValues: false, removeNSPrefix: true })

/** Numbers and booleans are written as text; undefined members are left out, lists repeat their element. */
export type XmlValue = string | number | boolean | undefined | XmlValue[] | { [name: string]: XmlValue }

/** An answer's document: the root element in S3's namespace. */
export function writeXml(root: string, content: { [name: string]: XmlValue }): string {
  return DECLARATION + builder.build({ [root]: { '@xmlns': NAMESPACE, ...content } })
}

/** An error's document has no namespace. */
export function writeErrorXml(content: { [name: string]: XmlValue }): string {
  return DECLARATION + builder.build({ Error: content })
}

/** @throws S3Error MalformedXML when it is no XML or its root is another */
export function readXml(text: string, root: string): Record<string, unknown> {
  const malformed = (): S3Error =>
    new S3Error(
      'MalformedXML',
      `The XML you provided was not well-formed or did not validate against our published schema: expected <${root}>`,
    )
  if (XMLValidator.validate(text) !== true) throw malformed()
  const parsed: unknown = parser.parse(text)
  const content = (parsed as Record<string, unknown>)[root]
  if (typeof content !== 'object' || content === null) throw malformed()
  return content as Record<string, unknown>
}

/** An element that may be repeated: none, one or many. */
export function asList(value: unknown): Record<string, unknown>[] {
  if (value === undefined) return []
  return (Array.isArray(value) ? value : [value]).filter(
    (each): each is Record<string, unknown> => typeof each === 'object' && each !== null,
  )
}
