import type { Context } from '@empire/context'
import { expectTypeOf } from 'vitest'
import { apply, type AppliedCompaction } from './apply.ts'
import { archiveReceipt, type ArchivedReceipt } from './archive-receipt.ts'
import { compact } from './compact.ts'
import type { CompactionPlan } from './compaction-plan.ts'
import type { CompactionStrategy } from './compaction-strategy.ts'
import { dropToolResults } from './drop-tool-results.ts'
import { plan } from './plan.ts'
import { shorten } from './shorten.ts'
import { summarizeHistory } from './summarize-history.ts'
import { fits, until } from './until.ts'

declare const context: Context
declare const planned: CompactionPlan

expectTypeOf(plan(context)).toEqualTypeOf<Promise<CompactionPlan>>()
expectTypeOf(compact(context, until(fits, shorten()))).toEqualTypeOf<Promise<Context>>()
expectTypeOf(apply(planned)).toEqualTypeOf<AppliedCompaction>()
expectTypeOf(archiveReceipt(apply(planned).receipt, new Map<string, string>())).toEqualTypeOf<
  Promise<ArchivedReceipt>
>()

// A strategy is an object with a name and a function, and fits into a context.
const own = { name: 'own', run: (draft) => void draft.messages } satisfies CompactionStrategy
context.withOptions({ compaction: { strategy: own, options: { maxTokens: 3 } } })

// A summary may come at once or later.
summarizeHistory({ summarizer: (messages) => `${messages.length}` })
summarizeHistory({ summarizer: async (_, { context: part, signal }) => `${part.length} ${signal?.aborted}` })

// @ts-expect-error: a call has no text to cut
shorten({ roles: ['tool'] })
// @ts-expect-error: not an option of this strategy
dropToolResults({ messages: 3 })
// @ts-expect-error: a plan is waited for
apply(plan(context))
