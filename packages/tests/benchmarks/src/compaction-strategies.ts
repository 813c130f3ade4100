import {
  byPriority,
  type CompactionStrategy,
  dropToolResults,
  fits,
  keepRecent,
  sequence,
  shorten,
  summarizeHistory,
  until,
} from '@empire/compaction'
import { budget } from './compaction-simulation.ts'

/** What a conversation can be held under its budget by; `undefined`: by nothing. */
export const strategies: Readonly<Record<string, CompactionStrategy | undefined>> = {
  'no compaction, no budget': undefined,
  'keepRecent, step 1 (a plain window)': keepRecent({ step: 1 }),
  keepRecent: keepRecent(),
  'keepRecent, step of half the budget': keepRecent({ step: budget / 2 }),
  'byPriority, down to the budget': byPriority(),
  'byPriority, down to half': byPriority({ target: budget / 2 }),
  'dropToolResults, then keepRecent': until(fits, dropToolResults({ keep: 5, step: 20 }), keepRecent()),
  'shorten, then keepRecent': until(fits, shorten({ to: 600, keep: 4, step: 40 }), keepRecent()),
  'summarizeHistory, the newest 20 stay': summarizeHistory({ keep: 20 }),
  'dropToolResults and summarizeHistory': sequence(dropToolResults({ keep: 5 }), summarizeHistory({ keep: 20 })),
}
