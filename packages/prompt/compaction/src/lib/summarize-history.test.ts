import { createContext, type Message } from '@empire/context'
import { describe, expect, it } from 'vitest'
import { compact } from './compact.ts'
import { plan } from './plan.ts'
import { summarizeHistory } from './summarize-history.ts'

const count = (messages: readonly Message[]): string => `${messages.length} messages`
const texts = ({ messages }: { messages: readonly Message[] }): string[] => messages.map(({ raw }) => raw)

const talk = createContext().system('Be brief.').user('Hi').assistant('Hello').user('How are you?')

describe('summarizeHistory', () => {
  it('keeps the first system message, and puts one summary in place of all others', async () => {
    const compacted = await compact(talk.system('Second'), summarizeHistory({ summarizer: count }))
    expect(texts(compacted)).toEqual(['Be brief.', '4 messages'])
    expect(compacted.messages[1]).toMatchObject({ role: 'assistant', tags: ['summary'] })
  })

  it('summarises a history without a system message', async () => {
    expect(texts(await compact(talk.slice(1), summarizeHistory({ summarizer: count })))).toEqual(['3 messages'])
  })

  it('is refused without a summarizer', async () => {
    await expect(compact(talk, summarizeHistory())).rejects.toMatchObject({
      name: 'NoSummarizerError',
      code: 'no_summarizer',
      message:
        'There is no summarizer. Pass one: compact(context, summarizeHistory({ summarizer: (messages) => "…" })).',
    })
  })

  it('takes the summarizer of the call, or else its own, or else that of the context', async () => {
    const stored = talk.withOptions({ compaction: { options: { summarizer: () => 'of the context' } } })
    const own = summarizeHistory({ summarizer: () => 'own' })
    expect(texts(await compact(stored))[1]).toBe('of the context')
    expect(texts(await compact(stored, own))[1]).toBe('own')
    expect(texts(await compact(stored, own, { summarizer: () => 'of the call' }))[1]).toBe('of the call')
  })

  it('hands the summarizer the messages, a context of them, the assigns and the signal', async () => {
    const { signal } = new AbortController()
    await compact(
      talk.withOptions({ model: 'gpt-4o' }),
      summarizeHistory({
        summarizer(messages, call) {
          expect(messages).toEqual(talk.messages.slice(1))
          expect(call.context.render()).toBe('Hi\nHello\nHow are you?')
          expect(call).toMatchObject({ context: { model: 'gpt-4o' }, assigns: { name: 'Ada' }, signal })
          return 'summary'
        },
      }),
      { assigns: { name: 'Ada' }, signal },
    )
    expect.assertions(3)
  })

  it('keeps the newest messages when asked to, in steps', async () => {
    const strategy = summarizeHistory({ summarizer: count, keep: 1, step: 2 })
    expect(await compact(talk.slice(0, 3), strategy)).toEqual(talk.slice(0, 3))
    expect(texts(await compact(talk, strategy))).toEqual(['Be brief.', '2 messages', 'How are you?'])
  })

  it('covers a call that waits for its result, unless the newest messages stay', async () => {
    const waiting = talk.toolCall({ id: 'a', tool: 't', args: {} }).toolCall({ id: 'b', tool: 't', args: {} })
    expect(texts(await compact(waiting, summarizeHistory({ summarizer: count })))).toEqual(['Be brief.', '5 messages'])
    const kept = await compact(waiting, summarizeHistory({ summarizer: count, keep: 1 }))
    expect(texts(kept)).toEqual(['Be brief.', '3 messages', '{}', '{}'])
  })

  it('summarises a summary with what came after it, but never a summary alone', async () => {
    const asked: number[] = []
    const strategy = summarizeHistory({ summarizer: ({ length }) => `summary ${asked.push(length)}` })
    const once = await compact(talk, strategy)
    expect(await compact(once, strategy)).toBe(once)
    expect(texts(await compact(once.user('And you?'), strategy))).toEqual(['Be brief.', 'summary 2'])
    expect(asked).toEqual([3, 2])
  })

  it('leaves pinned messages where they are, and stands where the first message was that it covers', async () => {
    const context = talk.user('The task', { pinned: true }).user('Go on')
    expect(texts(await compact(context, summarizeHistory({ summarizer: count })))).toEqual([
      'Be brief.',
      '4 messages',
      'The task',
    ])
  })

  it('never comes between a pinned call and its result', async () => {
    const context = createContext()
      .toolCall({ id: 'a', tool: 'search', args: {}, pinned: true })
      .toolCall({ id: 'b', tool: 'weather', args: {} })
      .toolResult({ id: 'a', result: 'found' })
      .toolResult({ id: 'b', result: 'sunny' })
      .user('Thanks')
    const compacted = await compact(context, summarizeHistory({ summarizer: count }))
    expect(texts(compacted)).toEqual(['{}', 'found', '3 messages'])
  })

  it('gives the summary the highest priority of what it covers', async () => {
    const context = talk.user('Important', { priority: 3 }).user('Trifle', { priority: -1 })
    const { messages } = await compact(context, summarizeHistory({ summarizer: count }))
    expect(messages[1]).toMatchObject({ priority: 3 })
  })

  it('says why in the plan', async () => {
    const { changes, added } = await plan(talk, summarizeHistory({ summarizer: count, keep: 2 }))
    expect(changes).toEqual([
      {
        index: 1,
        id: talk.messages[1]?.id,
        role: 'user',
        action: 'summarize',
        why: 'not among the newest 2',
      },
    ])
    expect(texts({ messages: added })).toEqual(['1 messages'])
  })

  it('passes on that the summarizer failed, with its cause', async () => {
    const cause = new Error('no answer')
    await expect(compact(talk, summarizeHistory({ summarizer: () => Promise.reject(cause) }))).rejects.toMatchObject({
      name: 'SummaryError',
      code: 'summarizer_failed',
      message: 'The summarizer failed, and the context is as it was: no answer',
      cause,
      retryable: false,
    })
  })

  it.each(['', ' \n'])('refuses the empty summary %j', async (text) => {
    await expect(compact(talk, summarizeHistory({ summarizer: () => text }))).rejects.toMatchObject({
      code: 'empty_summary',
      message: 'The summarizer gave an empty text for 3 messages, which would be lost. The context is as it was.',
    })
  })

  it('refuses a summary that is no text', async () => {
    const summarizer = (() => ({ text: 'summary' })) as unknown as () => string
    await expect(compact(talk, summarizeHistory({ summarizer }))).rejects.toThrow(
      new TypeError('"summarizer" must give a text, got an object.'),
    )
  })

  it('ends with the reason of the signal, whatever the summarizer makes of it', async () => {
    const reason = new Error('stop')
    for (const ending of ['ignores', 'answers', 'fails']) {
      const controller = new AbortController()
      const summarizer = (): Promise<string> => {
        controller.abort(reason)
        if (ending === 'ignores') return new Promise(() => {})
        return ending === 'answers' ? Promise.resolve('summary') : Promise.reject(new Error('aborted'))
      }
      await expect(compact(talk, summarizeHistory({ summarizer }), { signal: controller.signal })).rejects.toBe(reason)
    }
  })

  it('refuses options that do not fit', () => {
    expect(() => summarizeHistory({ sumarizer: count } as never)).toThrow(
      new TypeError('summarizeHistory: "options" has no key "sumarizer". Did you mean "summarizer"?'),
    )
    expect(() => summarizeHistory({ summarizer: 'short' as never })).toThrow(
      new TypeError('summarizeHistory: "summarizer" must be a function, got a string ("short").'),
    )
    expect(() => summarizeHistory({ keep: -1 })).toThrow(
      new TypeError('summarizeHistory: "keep" must be an integer from 0 on, got a number (-1).'),
    )
  })
})
