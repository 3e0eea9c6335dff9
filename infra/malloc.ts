/**
 * How malloc is set in a process that decodes pictures; whoever is not glibc takes no notice. Two arenas were measured to
 * halve what a warm process holds. Source: mallopt(3), docs/decisions/process-image.md.
 */
export const MALLOC_ENVIRONMENT = { MALLOC_ARENA_MAX: '2' }
