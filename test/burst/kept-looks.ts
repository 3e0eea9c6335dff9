import { QUARTERS } from './figures.ts'
import type { KeptMemory } from './kept-memory.ts'

/** Looks at what a process keeps whenever another quarter of the images has ended. */
export class KeptLooks {
  private readonly looks: Promise<number>[] = []

  constructor(private readonly kept: Pick<KeptMemory, 'look'>, private readonly images: number) {}

  /** @param ended how many images have ended so far */
  look(ended: number): void {
    if (ended < (this.images * (this.looks.length + 1)) / QUARTERS.length) return
    const look = this.kept.look()
    look.catch(() => undefined)
    this.looks.push(look)
  }

  /** In MiB, a look for each quarter that has ended. */
  all(): Promise<number[]> {
    return Promise.all(this.looks)
  }
}
