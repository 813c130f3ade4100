import { describeValue } from '@empire/errors'
import type { NotUndone } from '../journal-entry.ts'
import { describeReason, describeStatus } from './describe-row.ts'
import type { ExplainedRun } from './explained-run.ts'
import { formatDuration } from './format-duration.ts'
import { type RunTimeline, runTimeline } from './run-timeline.ts'
import { type TimeScale, timeScale } from './time-scale.ts'
import { type TimelineRow, timelineRows } from './timeline-rows.ts'
import { visibleText } from './visible-text.ts'

/** A run, ready to be drawn. */
export interface Explanation {
  readonly timeline: RunTimeline
  readonly rows: readonly TimelineRow[]
  readonly scale: TimeScale
  /** What a rollback had to leave, by key. */
  readonly left: ReadonlyMap<string, NotUndone>
  /** How it went, in one line. */
  readonly title: string
  /** When and by whom, in one line. */
  readonly summary: string
  /** Since when what was done was undone, and why; `undefined` if it was not. */
  readonly rollback: string | undefined
  /** What was thrown, and where. */
  readonly errors: readonly { readonly key: string; readonly text: string }[]
  /** Keys of what was not undone and has no row. */
  readonly unseen: readonly string[]
}

/** @param where Who asks, for messages. */
export function explanationOf(where: string, explained: ExplainedRun): Explanation {
  expectRun(where, explained)
  const { run } = explained
  const timeline = runTimeline(explained)
  const { units, startedAt, endedAt, status, notUndone } = timeline
  const left = new Map(notUndone.map((each) => [each.step, each]))
  const rows = timelineRows(timeline.shape, units, left)
  const spans = [...units.values()].flatMap((unit) => unit.spans)
  const scale = timeScale(spans, startedAt, endedAt)
  const shown = new Set(rows.map(({ key }) => key))
  return {
    timeline,
    rows,
    scale,
    left,
    title: `Pipeline ${visibleText(run.pipeline)}, run ${visibleText(run.runId)}: ${describeStatus(status)}`,
    summary: summaryOf(timeline, scale),
    rollback: rollbackOf(timeline, scale),
    errors: rows.flatMap(errorsOf),
    unseen: notUndone.flatMap(({ step }) => (shown.has(step) ? [] : [step])),
  }
}

function summaryOf({ startedAt, actors }: RunTimeline, { length, leftOut }: TimeScale): string {
  const who = actors.length === 0 ? '' : ` by ${visibleText(actors.join(', '))}`
  const idle = leftOut === 0 ? '' : `, without ${formatDuration(leftOut)} in which nothing was at work`
  return `Begun ${new Date(startedAt).toISOString()}${who}; took ${formatDuration(length)}${idle}`
}

function rollbackOf({ rollbackAt, reason }: RunTimeline, scale: TimeScale): string | undefined {
  if (rollbackAt === undefined) return undefined
  const why = reason === undefined ? '' : `: ${describeReason(reason)}`
  return `Rolled back from ${formatDuration(scale.place(rollbackAt))} on${why}`
}

function errorsOf({ key, kind, unit }: TimelineRow): Explanation['errors'] {
  const { error, undoError } = unit ?? {}
  // What parts of it have thrown stands with them.
  const isOfPart = kind !== 'step' && error?.type === 'error' && error.code === 'step_failed'
  return [
    ...(error === undefined || isOfPart ? [] : [{ key, text: describeReason(error) }]),
    ...(undoError === undefined ? [] : [{ key, text: `when it was undone: ${describeReason(undoError)}` }]),
  ]
}

function expectRun(where: string, explained: unknown): void {
  const { run, entries } = (explained ?? {}) as Partial<ExplainedRun>
  if (Array.isArray(run?.shape?.steps) && Array.isArray(entries)) return
  throw new TypeError(
    `${where}: "run" must be what a journal or readAudit() gives, with "run" and "entries", got ${describeValue(explained)}.`,
  )
}
