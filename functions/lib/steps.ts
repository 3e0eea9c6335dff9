/** A step takes what is known so far and answers what it adds. */
export type Step<Known, Added, Services> = (known: Known, services: Services) => Promise<Added>

/** Milliseconds that each step took, by name, in order. */
export type StepTimes = Record<string, number>

/** A list of named steps in the order in which they run; the types see that each finds what it needs. */
export class Steps<Start extends object, Known extends Start, Services> {
  private constructor(private readonly list: { name: string; run: Step<never, object, Services> }[]) {}

  static from<Start extends object, Services>(): Steps<Start, Start, Services> {
    return new Steps<Start, Start, Services>([])
  }

  /** Appends a step. What it answers is known to all that follow. */
  step<Added extends object>(name: string, run: Step<Known, Added, Services>): Steps<Start, Known & Added, Services> {
    return new Steps<Start, Known & Added, Services>([...this.list, { name, run }])
  }

  get names(): string[] {
    return this.list.map(({ name }) => name)
  }

  /** Runs one step after the other; the first to throw ends it. `times` also holds the step that threw. */
  async run(start: Start, services: Services, now: () => number, times: StepTimes): Promise<Known> {
    let known: object = start
    for (const { name, run } of this.list) {
      const startedAt = now()
      try {
        known = { ...known, ...(await run(known as never, services)) }
      } finally {
        times[name] = now() - startedAt
      }
    }
    return known as Known
  }
}
