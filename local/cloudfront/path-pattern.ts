/**
 * Turns a cache behaviour's path pattern into a test of paths: `*` stands for any characters, slashes too, `?` for
 * exactly
 * one; the slash at the start may be left out. Source: CloudFront developer guide, "Path pattern".
 */
export function matchesPathPattern(pattern: string, path: string): boolean {
  const anchored = pattern.startsWith('/') || pattern.startsWith('*') ? pattern : `/${pattern}`
  const source = anchored
    .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${source}$`, 's').test(path)
}
