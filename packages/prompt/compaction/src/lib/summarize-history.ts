import { describeValue, expectKnownKeys } from '@empire/errors'
import type { CompactionDraft, DraftMessage } from './compaction-draft.ts'
import type { CompactionStrategy } from './compaction-strategy.ts'
import { expectFunction, expectInteger } from './expect-option.ts'
import { newestUnits } from './newest-units.ts'
import { NoSummarizerError } from './no-summarizer-error.ts'
import { quantize } from './quantize.ts'
import type { Summarizer } from './summarizer.ts'
import { emptySummary, summarizerFailed } from './summary-error.ts'

/** Options of `summarizeHistory`. */
export interface SummarizeHistoryOptions {
  /** Writes the summary. Default: that of the call, or of the context. */
  summarizer?: Summarizer | undefined
  /** How many of the newest messages stay as they are; then also calls at the end that wait for their results. Default: 0. */
  keep?: number | undefined
  /** How many messages it takes, beyond those to keep, for another summary. Default: 1. */
  step?: number | undefined
}

const name = 'summarizeHistory'

/**
 * Puts one assistant message, tagged `summary`, in place of the history. The first system message and what is pinned stay.
 *
 * A summary that stands alone is not summarised again. Throws `NoSummarizerError`, or `SummaryError`.
 */
export function summarizeHistory(options: SummarizeHistoryOptions = {}): CompactionStrategy {
  expectKnownKeys(`${name}: "options"`, options, ['summarizer', 'keep', 'step'])
  const { summarizer: own, keep = 0, step = 1 } = options
  expectFunction(name, 'summarizer', own)
  expectInteger(name, 'keep', keep, 0)
  expectInteger(name, 'step', step, 1)
  return Object.freeze({
    name,
    async run(draft: CompactionDraft) {
      const summarizer = draft.findSummarizer(own)
      if (summarizer === undefined) throw new NoSummarizerError()
      const covered = findCovered(draft, keep, step)
      const isSummary = covered.length === 1 && covered[0]?.message.tags?.includes('summary') === true
      if (covered.length === 0 || isSummary) return
      const text = await summarize(draft, covered, summarizer)
      draft.summarize(covered, text, keep === 0 ? 'part of the history' : `not among the newest ${keep}`)
    },
  })
}

function findCovered(draft: CompactionDraft, keep: number, step: number): DraftMessage[] {
  const free = draft.messages.filter(({ isProtected }) => !isProtected)
  const cut = quantize(free.length, keep, step)
  const kept = keep === 0 ? new Set<number>() : newestUnits(draft.messages)
  for (const { unit } of free.slice(cut)) kept.add(unit)
  return free.slice(0, cut).filter(({ unit }) => !kept.has(unit))
}

async function summarize(
  draft: CompactionDraft,
  covered: readonly DraftMessage[],
  summarizer: Summarizer,
): Promise<string> {
  const { assigns, signal } = draft.options
  const messages = Object.freeze(covered.map(({ message }) => message))
  let text: unknown
  try {
    text = await summarizer(messages, { context: draft.context.withMessages(messages), assigns, signal })
  } catch (error) {
    signal?.throwIfAborted()
    throw summarizerFailed(error)
  }
  signal?.throwIfAborted()
  if (typeof text !== 'string') throw new TypeError(`"summarizer" must give a text, got ${describeValue(text)}.`)
  if (text.trim() === '') throw emptySummary(messages.length)
  return text
}
