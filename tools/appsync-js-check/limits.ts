/**
 * Largest code of a resolver or function, in characters, inline source map included: the quota is on the text that is
 * deployed, and AWS takes the map as part of it (so leave `sourcesContent` out of the map).
 * Source: AppSync endpoints and quotas, "Maximum resolver code size"; the API's own `Code` shape ends at 32,768.
 */
export const MAX_CODE_CHARACTERS = 32_000
