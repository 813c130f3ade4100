/** How one row of a graph is drawn: lanes are columns, and the line of a step goes down in its lane until all that need it are drawn. */
export interface RowLanes {
  /** The lane of the step; -1 where the row has none. */
  readonly node: number
  /** Lanes of the steps that it needs and that are not its own, in order. `ends`: nothing else needs that step. */
  readonly joins: readonly { readonly lane: number; readonly ends: boolean }[]
  /** Whether the line of a step that it needs comes down in its own lane. */
  readonly continues: boolean
  /** Lanes that go on below the row, its own included if something needs it. */
  readonly below: readonly number[]
  /** Lanes that pass, and have nothing to do with it. */
  readonly passing: readonly number[]
}

/** More than these side by side cannot be followed by eye. */
const most = 12

/**
 * Places the steps of a graph, each of which needs only earlier ones; `undefined` for a graph that has too many lines side by side.
 *
 * @param first The leftmost lane.
 */
export function placeInLanes(needs: readonly (readonly number[])[], first: number): RowLanes[] | undefined {
  const dependants = needs.map(() => 0)
  for (const list of needs) for (const need of list) dependants[need] = (dependants[need] ?? 0) + 1
  const laneOf: number[] = []
  /** The step whose line is in a lane. */
  const open = new Map<number, number>()
  let justEnded: readonly number[] = []
  const rows: RowLanes[] = []
  for (const [step, list] of needs.entries()) {
    if (open.size > most) return undefined
    const met = list.map((need) => {
      const left = (dependants[need] ?? 0) - 1
      dependants[need] = left
      return { lane: laneOf[need] ?? first, ends: left === 0 }
    })
    met.sort((a, b) => a.lane - b.lane)
    const own = met.find(({ ends }) => ends)
    const node = own?.lane ?? freeLane(open, justEnded, first)
    for (const { lane, ends } of met) if (ends) open.delete(lane)
    const passing = [...open.keys()].filter((lane) => !met.some((each) => each.lane === lane))
    laneOf[step] = node
    const isNeeded = (dependants[step] ?? 0) > 0
    if (isNeeded) open.set(node, step)
    justEnded = [...met.filter(({ ends }) => ends).map(({ lane }) => lane), node].filter((lane) => !open.has(lane))
    rows.push({
      node,
      joins: met.filter((each) => each !== own),
      continues: own !== undefined,
      below: [...open.keys()].toSorted((a, b) => a - b),
      passing,
    })
  }
  return rows
}

/** The leftmost that is free, and was so in the row above: the step would seem to need what ended there. */
function freeLane(open: ReadonlyMap<number, number>, justEnded: readonly number[], first: number): number {
  let lane = first
  while (open.has(lane) || justEnded.includes(lane)) lane++
  return lane
}

/** How many lanes a drawing of these rows has. */
export function lanesOf(rows: readonly { readonly lanes: RowLanes | undefined }[]): number {
  let last = -1
  for (const { lanes } of rows) {
    if (lanes === undefined) continue
    last = Math.max(last, lanes.node, ...lanes.passing, ...lanes.joins.map(({ lane }) => lane))
  }
  return last + 1
}
