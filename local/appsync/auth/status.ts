/** HTTP statuses that refusals are answered with. */
export const UNAUTHORIZED = 401
export const FORBIDDEN = 403
