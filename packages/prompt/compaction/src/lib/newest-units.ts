import type { DraftMessage } from './compaction-draft.ts'

/**
 * The units that are going on: that of the last message, and of the calls at the end that wait for their results. Without
 * them the results could not be added any more.
 */
export function newestUnits(messages: readonly DraftMessage[]): Set<number> {
  const end = messages.findLastIndex(({ message: { role } }) => role !== 'tool' && role !== 'tool_result') + 1
  const units = new Set(messages.slice(end).flatMap(({ message, unit }) => (message.role === 'tool' ? [unit] : [])))
  for (const { message, unit } of messages.slice(end)) if (message.role === 'tool_result') units.delete(unit)
  const last = messages.at(-1)
  return last === undefined ? units : units.add(last.unit)
}
