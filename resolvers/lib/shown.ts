/** How much of a wrong value an error message repeats, in characters. */
const SHOWN_LENGTH = 80

/** A wrong value as an error message repeats it. */
export function shown(value: string): string {
  return value.length > SHOWN_LENGTH ? `${value.slice(0, SHOWN_LENGTH)}...` : value
}
