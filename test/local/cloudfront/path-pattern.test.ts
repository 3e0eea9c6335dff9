import { expect, it } from 'vitest'
import { matchesPathPattern } from '../../../local/cloudfront/path-pattern.ts'

it.each([
  ['processed/*', '/processed/a/b.webp', true],
  ['/processed/*', '/processed/', true],
  ['/processed/*', '/Processed/a', false],
  ['*.jpg', '/a/b.jpg', true],
  ['*.jpg', '/a/bxjpg', false],
  ['/a?.gif', '/ab.gif', true],
  ['/a?.gif', '/a.gif', false],
  ['/a(b).gif', '/a(b).gif', true],
  ['*', '/', true],
])('%s against %s: %s', (pattern, path, matches) => {
  expect(matchesPathPattern(pattern, path)).toBe(matches)
})
