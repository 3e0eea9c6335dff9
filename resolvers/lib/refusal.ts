/** What is wrong with something a caller sent: an error of the whole request, or of one of several. */
export interface Refusal {
  /** A code, e.g. `InvalidByteSize`. */
  type: string
  /** A sentence with what was expected and what was received. */
  message: string
}

export function refuse(type: string, message: string): Refusal {
  return { type, message }
}
