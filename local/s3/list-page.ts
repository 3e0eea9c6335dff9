import { S3Error } from './errors.ts'
import { MAX_LIST_KEYS } from './limits.ts'
import { compareKeys } from './storage.ts'

/** What all lists of a bucket have in common. */
export interface ListQuery {
  prefix: string
  delimiter?: string
  maxKeys: number
  /** Keys and common prefixes are percent-encoded in the answer. */
  encode: boolean
}

/** @throws S3Error InvalidArgument */
export function readListQuery(query: ReadonlyMap<string, string>): ListQuery {
  const maxKeys = query.get('max-keys') ?? String(MAX_LIST_KEYS)
  if (!/^\d+$/.test(maxKeys)) {
    throw new S3Error('InvalidArgument', 'Provided max-keys not an integer or within integer range', {
      ArgumentName: 'max-keys',
      ArgumentValue: maxKeys,
    })
  }
  const encoding = query.get('encoding-type')
  if (encoding !== undefined && encoding !== 'url') {
    throw new S3Error('InvalidArgument', 'Invalid Encoding Method specified in Request', {
      ArgumentName: 'encoding-type',
      ArgumentValue: encoding,
    })
  }
  return {
    prefix: query.get('prefix') ?? '',
    delimiter: query.get('delimiter') || undefined,
    maxKeys: Math.min(Number(maxKeys), MAX_LIST_KEYS),
    encode: encoding === 'url',
  }
}

/** Form encoding that leaves slashes. */
export const encodeListed = (text: string, encode: boolean): string =>
  encode ? encodeURIComponent(text).replaceAll('%2F', '/').replaceAll('%20', '+') : text

/** An entry of a list: a key's items, or a common prefix that stands for many keys. */
export type ListEntry<Item> = { items: Item[]; key: string } | { commonPrefix: string }

/**
 * Walks sorted keys and gives entries in order, each common prefix once, starting behind `after`.
 * @param after a key or a common prefix that has been listed already
 * @param itemsOf none: the key is not listed
 */
export function* walkKeys<Item>(
  keys: readonly string[],
  { prefix, delimiter }: ListQuery,
  after: string,
  itemsOf: (key: string) => Item[],
): Generator<ListEntry<Item>> {
  let lastPrefix = delimiter !== undefined && after.endsWith(delimiter) ? after : undefined
  for (const key of keys) {
    if (!key.startsWith(prefix) || (after !== '' && compareKeys(key, after) <= 0)) continue
    if (lastPrefix !== undefined && lastPrefix.length > prefix.length && key.startsWith(lastPrefix)) continue
    const items = itemsOf(key)
    if (items.length === 0) continue
    const end = delimiter === undefined ? -1 : key.indexOf(delimiter, prefix.length)
    if (delimiter === undefined || end < 0) {
      yield { key, items }
      continue
    }
    lastPrefix = key.slice(0, end + delimiter.length)
    yield { commonPrefix: lastPrefix }
  }
}
