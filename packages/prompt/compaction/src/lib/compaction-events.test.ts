import { createContext } from '@empire/context'
import { describe, expect, it, onTestFinished } from 'vitest'
import { apply } from './apply.ts'
import { compact } from './compact.ts'
import { compactionEvents } from './compaction-events.ts'
import { keepRecent } from './keep-recent.ts'
import { plan } from './plan.ts'
import { summarizeHistory } from './summarize-history.ts'

const letters = { name: 'letters', exact: true, count: (text: string) => text.length }
const context = createContext({ tokenCounter: letters }).user('a').user('b').user('c')
const recent = keepRecent({ messages: 1, step: 1 })

function listen(): unknown[] {
  const heard: unknown[] = []
  for (const [event, channel] of Object.entries(compactionEvents)) {
    onTestFinished(channel.subscribe((message: object) => heard.push({ event, ...message, at: undefined })))
  }
  return heard
}

describe('the events of compaction', () => {
  it('tell of what was applied, with the tokens before and after', async () => {
    const heard = listen()
    await compact(context, recent)
    const planned = await plan(context, keepRecent({ messages: 9 }))
    expect(heard).toHaveLength(1)
    apply(planned)
    const unchanged = { strategy: 'keepRecent', outcome: 'unchanged', oldTokens: 18, newTokens: 18 }
    expect(heard).toEqual([
      {
        event: 'complete',
        strategy: 'keepRecent',
        outcome: 'changed',
        oldTokens: 18,
        newTokens: 8,
        oldMessages: 3,
        newMessages: 1,
      },
      { event: 'complete', ...unchanged, oldMessages: 3, newMessages: 3 },
    ])
  })

  it('tell how a plan failed', async () => {
    const heard = listen()
    const reason = new Error('stop')
    const errors = [
      await plan(context, keepRecent({ tokens: 5 })).catch((error: unknown) => error),
      await plan(context, summarizeHistory()).catch((error: unknown) => error),
      await plan(context, recent, { signal: AbortSignal.abort(reason) }).catch((error: unknown) => error),
    ]
    expect(heard).toEqual([
      { event: 'failure', strategy: 'keepRecent', outcome: 'refused', error: errors[0] },
      { event: 'failure', strategy: 'summarizeHistory', outcome: 'failed', error: errors[1] },
      { event: 'failure', strategy: 'keepRecent', outcome: 'aborted', error: reason },
    ])
  })

  it('warn of problems that a plan lives with', async () => {
    const heard = listen()
    await plan(context, summarizeHistory({ summarizer: () => 'x'.repeat(50) }))
    expect(heard).toEqual([
      {
        event: 'warning',
        strategy: 'summarizeHistory',
        code: 'not_shorter',
        message: 'The context has 57 tokens afterwards, and 18 before.',
      },
    ])
  })
})
