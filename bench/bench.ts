/** What the command line says; undefined leaves the choice to the bench. */
export interface BenchOptions {
  /** Rounds that count. */
  rounds?: number
  /** A folder with photographs. */
  photos?: string
  /** How many photographs at most. */
  most?: number
  /** The largest size, where a bench has sizes. */
  to?: number
}

/** One question, and how it is answered. */
export interface Bench {
  question: string
  /** Lines of the answer, as they come: conditions first, then tables. */
  bench(options: BenchOptions): AsyncIterable<string>
}
