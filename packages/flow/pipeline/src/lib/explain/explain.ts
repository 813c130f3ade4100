import { expectKnownKeys } from '@empire/errors'
import { expectCount, expectObject } from '../expect-option.ts'
import { describeRow, needsInWords } from './describe-row.ts'
import { drawLanes } from './draw-lanes.ts'
import { type Explanation, explanationOf } from './explanation.ts'
import type { ExplainedRun } from './explained-run.ts'
import { formatDuration } from './format-duration.ts'
import { lanesOf } from './lanes.ts'
import type { TimeScale } from './time-scale.ts'
import type { TimelineRow } from './timeline-rows.ts'
import type { Span } from './unit-history.ts'
import { columnsOf, fit, visibleText } from './visible-text.ts'
import { workDuration } from './work-duration.ts'

/** How a run is drawn. */
export interface ExplainOptions {
  /** How many columns a line should take; longer names are cut off, states never. At least 60. Default: 100. */
  readonly width?: number | undefined
}

const narrowest = 60
const longestName = 32
const shortestBar = 16
const durationColumns = 11

const marks = { completed: '●', running: '◐', skipped: '○', failed: '✗', aborted: '◌' }

/**
 * A run for the terminal, ending with a line feed: the graph with the state of each step, when it was at work, and what was undone.
 *
 * `run` is what `journal.read(runId)` gives, or `readAudit(store, runId)` of `@empire/pipeline/audit`. Of maps and loops only the
 * items and turns have a line that failed or were not undone.
 */
export function explain(run: ExplainedRun, options: ExplainOptions = {}): string {
  expectObject('explain: "options"', options as unknown, 'an object')
  expectKnownKeys('explain: "options"', options, ['width'])
  const { width = 100 } = options
  expectCount('explain: "width"', width)
  const explanation = explanationOf('explain', run)
  const { title, summary, rollback, errors, unseen } = explanation
  const lines = [title, summary, '', ...drawRows(explanation, Math.max(width, narrowest))]
  if (rollback !== undefined) lines.push('', rollback)
  if (errors.length > 0) lines.push('', 'Errors', ...errors.map(({ key, text }) => `  ${visibleText(key)}: ${text}`))
  if (unseen.length > 0) lines.push('', 'Also not undone', ...unseen.map((key) => `  ${visibleText(key)}`))
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`
}

function drawRows({ rows, scale, left }: Explanation, width: number): string[] {
  const lanes = lanesOf(rows)
  const names = rows.map(
    ({ name, depth, lanes: own }) => '  '.repeat(own === undefined ? depth : 0) + visibleText(name),
  )
  const nameColumns = Math.min(longestName, widest(names))
  const states = rows.map((row) => describeRow(row, left.get(row.key)) + needsInWords(row))
  const rest = width - lanes * 2 - nameColumns - durationColumns - 5 - widest(states)
  const bar = Math.max(shortestBar, Math.min(60, rest))
  const indent = ' '.repeat(lanes * 2 + nameColumns + 2)
  return [
    `${indent}0${formatDuration(scale.length).padStart(bar - 1)}`,
    ...rows.map((row, index) => {
      const graph = row.lanes === undefined ? markOf(row) : drawLanes(row.lanes, markOf(row), lanes)
      const name = fit(names[index] ?? '', nameColumns)
      const duration = row.unit === undefined ? '' : workDuration(row.unit, scale)
      const drawn = drawBar(row.unit?.spans ?? [], scale, bar)
      return `${graph.padEnd(lanes * 2)}${name}  ${drawn} ${duration.padStart(durationColumns - 2)}  ${states[index]}`
    }),
    ...(rows.some(({ unit }) => unit?.undo !== undefined) ? [`${indent}█ at work   ░ being undone`] : []),
  ]
}

/** Not by Math.max(...), which takes only so many arguments. */
function widest(texts: readonly string[]): number {
  return texts.reduce((columns, text) => Math.max(columns, columnsOf(text)), 0)
}

function markOf({ unit, kind }: TimelineRow): string {
  if (kind === 'part') return ' '
  return unit === undefined ? '·' : marks[unit.state]
}

function drawBar(spans: readonly Span[], scale: TimeScale, columns: number): string {
  const cells = Array.from({ length: columns }, () => ' ')
  for (const { what, start, end } of spans) {
    const column = (at: number): number => (scale.length === 0 ? 0 : (scale.place(at) / scale.length) * columns)
    const from = Math.min(columns - 1, Math.floor(column(start)))
    const to = Math.min(columns, Math.max(from + 1, Math.round(column(end))))
    cells.fill(what === 'work' ? '█' : '░', from, to)
  }
  return cells.join('')
}
