import { deepEqual, equal, ok, rejects } from 'node:assert/strict'
import type { Context, Message } from '@empire/context'
import { EmpireError } from '@empire/errors'
import { apply } from './apply.ts'
import type { CompactionOptions } from './compaction-options.ts'
import type { CompactionPlan } from './compaction-plan.ts'
import type { CompactionStrategy } from './compaction-strategy.ts'
import { plan } from './plan.ts'
import { restore } from './restore.ts'
import { sampleHistories } from './sample-histories.ts'

/** One promise of a contract: `run` throws if it is not kept. */
export interface ConformanceCase {
  readonly name: string
  /** Rejects with an `AssertionError` that says what came instead. */
  run(): Promise<void>
}

/** What the cases pass to the strategy. */
export interface CompactionStrategyCasesOptions {
  /** The options of each call, such as the summarizer. Default: a summarizer without a model. */
  options?: CompactionOptions | undefined
}

/**
 * The promises of a strategy, for any test runner: `for (const { name, run } of compactionStrategyCases(create)) it(name, run)`.
 * Refusing a history with the code `cannot_fit` keeps all of them.
 */
export function compactionStrategyCases(
  createStrategy: () => CompactionStrategy,
  { options }: CompactionStrategyCasesOptions = {},
): ConformanceCase[] {
  const given = { summarizer: () => 'What was said so far.', ...options }
  const planFor = (context: Context, more: CompactionOptions = {}): Promise<CompactionPlan> =>
    plan(context, createStrategy(), { ...given, ...more })
  return [
    {
      name: 'has a name',
      async run() {
        const { name } = createStrategy()
        ok(typeof name === 'string' && name !== '')
      },
    },
    {
      name: 'leaves a context without messages as it is',
      async run() {
        const context = sampleHistories['no message']?.() as Context
        equal(apply(await planFor(context)).context, context)
      },
    },
    forEach('keeps the first system message and what is pinned', async (context) => {
      const { messages } = apply(await planFor(context)).context
      const first = context.messages.find(({ role }) => role === 'system')
      for (const message of context.messages) if (message.pinned || message === first) ok(messages.includes(message))
    }),
    forEach('parts no tool call from its result', async (context) => {
      const { messages } = apply(await planFor(context)).context
      deepEqual(
        openCalls(messages),
        openCalls(context.messages).filter((id) => callIds(messages).includes(id)),
      )
    }),
    forEach('leaves the old context as it was', async (context) => {
      const before = JSON.stringify(context)
      apply(await planFor(context))
      equal(JSON.stringify(context), before)
    }),
    forEach('does the same again for the same context', async (context) => {
      const first = apply(await planFor(context)).context
      equal(apply(await planFor(context)).context.hash(), first.hash())
    }),
    forEach('is undone by its receipt', async (context) => {
      const { context: compacted, receipt } = apply(await planFor(context))
      const restored = restore(compacted.user('Later'), JSON.parse(JSON.stringify(receipt)))
      equal(restored.hash(), context.user('Later').hash())
    }),
    forEach('holds the budget of the call, or refuses', async (context) => {
      const maxTokens = Math.max(Math.floor(context.tokenCount() / 2), 1)
      ok(apply(await planFor(context, { maxTokens })).context.tokenCount() <= maxTokens)
    }),
    forEach('rejects with the reason of an aborted signal', async (context) => {
      const reason = new Error('changed my mind')
      await rejects(planFor(context, { signal: AbortSignal.abort(reason) }), reason)
    }),
  ]
}

/** A promise for each of the histories; one that the strategy refuses keeps it. */
function forEach(name: string, check: (context: Context) => Promise<void>): ConformanceCase {
  return {
    name,
    async run() {
      for (const [history, create] of Object.entries(sampleHistories)) {
        try {
          await check(create())
        } catch (error) {
          if (EmpireError.isInstance(error) && error.code === 'cannot_fit') continue
          if (error instanceof Error) error.message = `With ${history}: ${error.message}`
          throw error
        }
      }
    },
  }
}

function callIds(messages: readonly Message[]): string[] {
  return messages.flatMap((message) => (message.role === 'tool' ? [message.callId] : []))
}

/** The ids of calls without a result. Fails for a result that comes without its call. */
function openCalls(messages: readonly Message[]): string[] {
  const open = new Set<string>()
  for (const message of messages) {
    if (message.role === 'tool') open.add(message.callId)
    else if (message.role === 'tool_result') ok(open.delete(message.callId), `result without its call`)
  }
  return [...open]
}
