import type { NotUndone } from '../journal-entry.ts'
import type { PipelineShape, StepKind, StepShape } from '../pipeline-shape.ts'
import { placeInLanes, type RowLanes } from './lanes.ts'
import type { UnitHistory } from './unit-history.ts'

/** One line of an explained run: a step, or an item or turn that failed or had to be left. */
export interface TimelineRow {
  readonly key: string
  /** Without the path of the pipeline that it is in. */
  readonly name: string
  /** How many pipelines it is inside of; an item is one deeper than its step. */
  readonly depth: number
  readonly kind: StepKind | 'part'
  readonly needs: readonly string[]
  /** `undefined` where the graph has too many lines side by side to be drawn. */
  readonly lanes: RowLanes | undefined
  /** `undefined` for a step that nothing is known of: it has not begun. */
  readonly unit: UnitHistory | undefined
  /** Of a map or a loop: how many items or turns were begun, and how many completed. */
  readonly parts: { readonly begun: number; readonly completed: number } | undefined
}

/** A pipeline whose steps are being gone through. */
interface Level {
  readonly steps: readonly StepShape[]
  readonly prefix: string
  readonly depth: number
  readonly rows: readonly RowLanes[] | undefined
  /** Lanes of the pipelines around it, which pass. */
  readonly around: readonly number[]
  next: number
}

const manyParts = 20

/** The steps in the order of definition, those of pipelines inside below their step. */
export function timelineRows(
  shape: PipelineShape,
  units: ReadonlyMap<string, UnitHistory>,
  left: ReadonlyMap<string, NotUndone>,
): TimelineRow[] {
  const partsOf = groupParts(units)
  const rows: TimelineRow[] = []
  const levels = [levelOf(shape, '', 0, 0, [])]
  for (let level = levels.at(-1); level !== undefined; level = levels.at(-1)) {
    const step = level.steps[level.next]
    const own = level.rows?.[level.next]
    level.next++
    if (step === undefined) {
      levels.pop()
      continue
    }
    const key = level.prefix + step.name
    const { depth, around } = level
    const lanes = own && { ...own, passing: [...around, ...own.passing] }
    const parts = partsOf.get(key) ?? []
    const { kind, name, needs } = step
    rows.push({ key, name, depth, kind, needs, lanes, unit: units.get(key), parts: countParts(kind, parts) })
    const below = [...around, ...(own?.below ?? [])]
    for (const [partKey, unit] of parts
      .filter((each) => left.has(each[0]) || isRemarkable(each[1]))
      .slice(0, manyParts)) {
      const passing = own && { node: -1, joins: [], continues: false, below, passing: below }
      const partName = partKey.slice(level.prefix.length)
      const part = {
        key: partKey,
        name: partName,
        depth: depth + 1,
        kind: 'part',
        needs: [],
        parts: undefined,
      } as const
      rows.push({ ...part, lanes: passing, unit })
    }
    if (step.pipeline !== undefined) {
      const firstLane = Math.max(own?.node ?? 0, ...below) + 1
      levels.push(levelOf(step.pipeline, `${key}/`, depth + 1, firstLane, own === undefined ? undefined : below))
    }
  }
  return rows
}

function levelOf(
  { steps }: PipelineShape,
  prefix: string,
  depth: number,
  firstLane: number,
  around: readonly number[] | undefined,
): Level {
  const positions = new Map(steps.map(({ name }, position) => [name, position]))
  const needs = steps.map((step, at) =>
    step.needs.map((need) => positions.get(need) ?? at).filter((position) => position < at),
  )
  const lanes = around && placeInLanes(needs, firstLane)
  return { steps, prefix, depth, rows: lanes, around: around ?? [], next: 0 }
}

function groupParts(units: ReadonlyMap<string, UnitHistory>): Map<string, [string, UnitHistory][]> {
  const groups = new Map<string, [string, UnitHistory][]>()
  for (const [key, unit] of units) {
    const bracket = key.endsWith(']') ? key.lastIndexOf('[') : -1
    if (bracket === -1) continue
    const step = key.slice(0, bracket)
    const group = groups.get(step)
    if (group === undefined) groups.set(step, [[key, unit]])
    else group.push([key, unit])
  }
  return groups
}

function countParts(kind: StepKind, parts: readonly [string, UnitHistory][]): TimelineRow['parts'] {
  if (kind !== 'map' && kind !== 'loop') return undefined
  return { begun: parts.length, completed: parts.filter(([, { state }]) => state === 'completed').length }
}

function isRemarkable({ state, undo }: UnitHistory): boolean {
  return state === 'failed' || state === 'aborted' || undo === 'failed'
}
