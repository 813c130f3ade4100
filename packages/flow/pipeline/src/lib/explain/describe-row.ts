import { jsonText } from '@empire/record'
import type { NotUndone } from '../journal-entry.ts'
import type { StoredReason } from '../stored-reason.ts'
import type { TimelineRow } from './timeline-rows.ts'
import { visibleText } from './visible-text.ts'

const whys: Readonly<Record<NotUndone['why'], string>> = {
  irreversible: 'irreversible',
  'compensation-failed': 'its compensation failed',
  'still-running': 'it was still running',
}

/** What became of a row, in words: `failed after 3 attempts, undone`. */
export function describeRow({ unit, parts, kind }: TimelineRow, left: NotUndone | undefined): string {
  const state = unit === undefined ? 'not started' : unit.state
  const attempts = unit !== undefined && unit.attempts > 1 ? ` after ${unit.attempts} attempts` : ''
  const words = [`${state}${attempts}`]
  if (parts !== undefined && unit !== undefined && unit.state !== 'skipped') {
    const noun = kind === 'map' ? 'items' : 'turns'
    const all = unit.size ?? parts.begun
    words.push(parts.completed === all ? `${all} ${noun}` : `${parts.completed} of ${all} ${noun}`)
  }
  if (left !== undefined) words.push(`not undone: ${whys[left.why]}`)
  else if (unit?.undo === 'done') words.push('undone')
  else if (unit?.undo === 'running') words.push('being undone')
  return words.join(', ')
}

const mostOfReason = 500

/** What was thrown, in words. */
export function describeReason(reason: StoredReason): string {
  const text = visibleText(wordsOf(reason))
  return text.length > mostOfReason ? `${text.slice(0, mostOfReason).toWellFormed()}…` : text
}

function wordsOf(reason: StoredReason): string {
  // Messages of the platform begin with its codes: `ENOENT: no such file`.
  if (reason.type === 'error') {
    const { code, name, message, retryable } = reason
    return `${retryable === undefined ? name : (code ?? name)}: ${message}`
  }
  const { value } = reason
  return typeof value === 'string' ? value : jsonText(value ?? null)
}

const statuses: Readonly<Record<string, string>> = {
  running: 'not ended',
  'rolling-back': 'not ended, rolling back',
  suspended: 'suspended, to be resumed',
  'rollback-incomplete': 'stopped, and not all was undone',
}

/** How a run ended, in words. */
export function describeStatus(status: string): string {
  return Object.hasOwn(statuses, status) ? (statuses[status] ?? status) : visibleText(status)
}

/** What a step needs, where the graph is not drawn. */
export function needsInWords({ lanes, needs }: TimelineRow): string {
  if (lanes !== undefined || needs.length === 0) return ''
  const named = needs.slice(0, 3).map(visibleText).join(', ')
  return `, needs ${needs.length > 3 ? `${named} and ${needs.length - 3} more` : named}`
}
