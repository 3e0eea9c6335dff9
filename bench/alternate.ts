/**
 * Measures contenders in turns, so that whatever else the machine does falls on all of them alike. The order is turned
 * from round to round: nobody always runs in the wake of the same neighbour.
 * @param rounds that count; one more goes before and is dropped
 * @returns what each round of each contender gave, by the contender's name
 */
export async function alternate<Name extends string, Measured>(
  names: readonly Name[],
  rounds: number,
  measure: (name: Name) => Promise<Measured>,
): Promise<Map<Name, Measured[]>> {
  const measured = new Map<Name, Measured[]>(names.map((name) => [name, []]))
  for (let round = 0; round <= rounds; round += 1) {
    const first = round % Math.max(names.length, 1)
    for (const name of [...names.slice(first), ...names.slice(0, first)]) {
      const one = await measure(name)
      if (round > 0) measured.get(name)?.push(one)
    }
  }
  return measured
}
