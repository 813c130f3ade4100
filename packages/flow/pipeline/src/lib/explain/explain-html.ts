import { auditTable } from './audit-table.ts'
import { describeRow, needsInWords } from './describe-row.ts'
import { drawLanesSvg } from './draw-lanes-svg.ts'
import { escapeHtml } from './escape-html.ts'
import { type Explanation, explanationOf } from './explanation.ts'
import type { ExplainedRun } from './explained-run.ts'
import { formatDuration } from './format-duration.ts'
import { htmlStyle } from './html-style.ts'
import { lanesOf } from './lanes.ts'
import type { TimeScale } from './time-scale.ts'
import type { TimelineRow } from './timeline-rows.ts'
import type { Span } from './unit-history.ts'
import { visibleText } from './visible-text.ts'
import { workDuration } from './work-duration.ts'

/**
 * A run as one page of HTML that needs nothing else: no scripts, no fonts, no network. It has what `explain` has, and the hashes of
 * an audit.
 *
 * All that comes from the run is escaped, and the page forbids the browser to load or to run anything.
 */
export function explainHtml(run: ExplainedRun): string {
  const explanation = explanationOf('explainHtml', run)
  const { title, summary, rollback, errors, unseen } = explanation
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${htmlStyle}</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(summary)}</p>
${tableOf(explanation)}
${rollback === undefined ? '' : `<h2>Rollback</h2>\n<p>${escapeHtml(rollback)}</p>\n`}${errorsOf(errors)}${unseenOf(unseen)}${auditTable(run.entries)}</body>
</html>
`
}

function tableOf(explanation: Explanation): string {
  const { rows, scale } = explanation
  const lanes = lanesOf(rows)
  const end = escapeHtml(formatDuration(scale.length))
  return `<table>
<thead><tr><td class="graph"></td><th scope="col">Step</th><th scope="col" class="time">0 to ${end}</th><th scope="col" class="number">Time</th><th scope="col">State</th></tr></thead>
<tbody>
${rows.map((row) => rowOf(row, lanes, explanation)).join('\n')}
</tbody>
</table>`
}

function rowOf(row: TimelineRow, lanes: number, { scale, left, timeline }: Explanation): string {
  const { key, name, depth, unit } = row
  const mark = unit?.state ?? 'not-started'
  const graph = row.lanes === undefined ? '' : drawLanesSvg(row.lanes, mark, lanes)
  const states = `${mark === 'failed' ? ' is-failed' : ''}${left.has(key) ? ' is-left' : ''}`
  const start =
    timeline.rollbackAt === undefined
      ? ''
      : `<i class="rollback" style="left:${percent(timeline.rollbackAt, scale)}"></i>`
  const bars = (unit?.spans ?? []).map((span) => barOf(span, mark, scale)).join('')
  return [
    `<tr${states === '' ? '' : ` class="${states.trim()}"`}>`,
    `<td class="graph">${graph}</td>`,
    `<th scope="row" title="${escapeHtml(visibleText(key))}"${depth === 0 ? '' : ` style="padding-left:${depth}rem"`}>${escapeHtml(visibleText(name))}</th>`,
    `<td class="time"><div class="track">${start}${bars}</div></td>`,
    `<td class="number">${unit === undefined ? '' : escapeHtml(workDuration(unit, scale))}</td>`,
    `<td class="state">${escapeHtml(describeRow(row, left.get(key)) + needsInWords(row))}</td>`,
    '</tr>',
  ].join('')
}

function barOf({ what, start, end }: Span, mark: string, scale: TimeScale): string {
  const from = percent(start, scale)
  const width = `${Number(((shareOf(end, scale) - shareOf(start, scale)) * 100).toFixed(3))}%`
  const title = `${what === 'work' ? 'at work' : 'being undone'}: ${formatDuration(scale.place(start))} to ${formatDuration(scale.place(end))}`
  return `<i class="${what === 'work' ? mark : 'undo'}" style="left:${from};width:${width}" title="${escapeHtml(title)}"></i>`
}

function percent(at: number, scale: TimeScale): string {
  return `${Number((shareOf(at, scale) * 100).toFixed(3))}%`
}

function shareOf(at: number, scale: TimeScale): number {
  return scale.length === 0 ? 0 : scale.place(at) / scale.length
}

function errorsOf(errors: Explanation['errors']): string {
  if (errors.length === 0) return ''
  const items = errors.map(({ key, text }) => `<dt>${escapeHtml(visibleText(key))}</dt><dd>${escapeHtml(text)}</dd>\n`)
  return `<h2>Errors</h2>\n<dl>\n${items.join('')}</dl>\n`
}

function unseenOf(unseen: readonly string[]): string {
  if (unseen.length === 0) return ''
  return `<h2>Also not undone</h2>\n<p>${escapeHtml(unseen.map(visibleText).join(', '))}</p>\n`
}
