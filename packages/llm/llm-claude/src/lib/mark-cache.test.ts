import { createContext } from '@empire/context'
import { toClaude } from '@empire/context/claude'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { markCache } from './mark-cache.ts'

const control = { type: 'ephemeral' } as const
const marked = { claude: { cache_control: control } }
const settings = { control, minTokens: 0, before: undefined, taken: 0 }

function conversation(turns: number) {
  let context = createContext().system('Rules.')
  for (let turn = 0; turn < turns; turn++) context = context.user(`Question ${turn}`).assistant(`Answer ${turn}`)
  return context
}

/** The texts behind which the request has a mark. */
function marks(context: ReturnType<typeof conversation>): unknown[] {
  const { system = [], messages } = toClaude(context)
  const blocks: object[] = [...system, ...messages.flatMap(({ content }): object[] => content)]
  return blocks.flatMap((block) => ('cache_control' in block && 'text' in block ? [block.text] : []))
}

describe('markCache', () => {
  it('marks the blocks of the messages', () => {
    const context = markCache(conversation(2), { ...settings, breakpoints: [2, 0, 2] })
    expect(marks(context)).toEqual(['Rules.', 'Answer 0'])
  })

  it('changes nothing without breakpoints', () => {
    const context = conversation(1)
    expect(markCache(context, { ...settings, breakpoints: [] })).toBe(context)
  })

  it('keeps the first and the last three of more than four', () => {
    const context = markCache(conversation(4), { ...settings, breakpoints: [0, 1, 2, 3, 4, 5, 6] })
    expect(marks(context)).toEqual(['Rules.', 'Answer 1', 'Question 2', 'Answer 2'])
  })

  it.each([
    [1, ['Rules.', 'Question 0', 'Answer 3', 'Answer 4']],
    [2, ['Rules.', 'Question 0', 'Question 1', 'Answer 4']],
    [3, ['Rules.', 'Question 0', 'Question 1', 'Question 2']],
    [4, ['Question 0', 'Question 1', 'Question 2', 'Question 3']],
    [5, ['Question 0', 'Question 2', 'Question 3', 'Question 4']],
  ])('counts the %i marks that messages carry already', (count, expected) => {
    let context = createContext().system('Rules.')
    for (let turn = 0; turn < 5; turn++) {
      context = context.user(`Question ${turn}`, turn < count ? { metadata: marked } : {}).assistant(`Answer ${turn}`)
    }
    expect(marks(markCache(context, { ...settings, breakpoints: [0, 2, 8, 10] }))).toEqual(expected)
  })

  it('leaves the first and the last three of more than four that messages carry, also without breakpoints', () => {
    let context = createContext()
    for (let turn = 0; turn < 6; turn++)
      context = context.user(`Q${turn}`, { metadata: { claude: { ...marked.claude, a: 1 } } })
    const left = markCache(context, { ...settings, breakpoints: [] })
    expect(marks(left)).toEqual(['Q0', 'Q3', 'Q4', 'Q5'])
    expect(left.messages[1]?.metadata).toEqual({ claude: { a: 1 } })
  })

  it('leaves room for the marks that stand elsewhere', () => {
    const breakpoints = [0, 1, 2, 3, 4]
    const left = [1, 3, 4, 9].map((taken) => marks(markCache(conversation(2), { ...settings, breakpoints, taken })))
    expect(left).toEqual([['Rules.', 'Question 1', 'Answer 1'], ['Rules.'], [], []])
  })

  it('leaves a message alone that is marked already', () => {
    const metadata = { claude: { cache_control: { type: 'ephemeral', ttl: '1h' }, other: 1 } }
    const context = createContext().user('Hi', { metadata })
    expect(markCache(context, { ...settings, breakpoints: [0] }).messages[0]?.metadata).toEqual(metadata)
  })

  it('keeps what else a message carries', () => {
    const context = createContext().user('Hi', { id: 'a', tags: ['x'], metadata: { claude: { a: 1 }, b: 2 } })
    const [message] = markCache(context, { ...settings, breakpoints: [0] }).messages
    expect(message).toMatchObject({
      id: 'a',
      tags: ['x'],
      metadata: { claude: { a: 1, cache_control: control }, b: 2 },
    })
    expect(context.messages[0]?.metadata).toEqual({ claude: { a: 1 }, b: 2 })
  })

  it('marks calls, results and media', () => {
    const context = createContext()
      .media({ data: 'aGk=', mimeType: 'image/png' })
      .toolCall({ id: 'a', tool: 'look', args: {} })
      .toolResult({ id: 'a', result: 'x' })
    const { messages } = toClaude(markCache(context, { ...settings, breakpoints: [0, 1, 2] }))
    expect(messages.map(({ content }) => content[0])).toMatchObject([
      { type: 'image', cache_control: control },
      { type: 'tool_use', cache_control: control },
      { type: 'tool_result', cache_control: control },
    ])
  })

  it('moves a mark behind an empty message before it', () => {
    const context = createContext().user('Hi').user(' ').user('Bye')
    expect(marks(markCache(context, { ...settings, breakpoints: [1] }))).toEqual(['Hi'])
  })

  it.each([[99], [1]])('leaves out a mark at %i that is nowhere', (index) => {
    const context = createContext().user('Hi')
    expect(markCache(context, { ...settings, breakpoints: [index] })).toBe(context)
  })

  it('leaves out marks of prefixes that are too short to be cached', () => {
    const long = 'This is a sentence of some words. '.repeat(200)
    const context = createContext().system('Rules.').user(long).assistant('Answer').user('Hi')
    const breakpoints = [0, 1, 2]
    expect(marks(markCache(context, { ...settings, minTokens: 1024, breakpoints }))).toEqual([long, 'Answer'])
    expect(markCache(context, { ...settings, minTokens: 4096, breakpoints })).toBe(context)
  })

  it('counts the tools, which stand before all messages', () => {
    const before = [{ name: 'a', description: 'This is a sentence of some words. '.repeat(200) }]
    const context = createContext().system('Rules.').user('Hi')
    expect(marks(markCache(context, { ...settings, minTokens: 1024, before, breakpoints: [0] }))).toEqual(['Rules.'])
  })

  it.each([
    ['media', createContext().media({ data: 'aGk=', mimeType: 'application/pdf' })],
    ['a template', createContext().user('', { template: { file: 'a.liquid' }, engine: 'liquid' })],
    [
      'what the tools of the server found',
      createContext()
        .user('Rain?')
        .assistant('Yes.', { metadata: { claude: { thinking: [] } } }),
    ],
  ])('takes %s to be long enough', (_, context) => {
    const { messages } = markCache(context.user('Hi'), { ...settings, minTokens: 4096, breakpoints: [context.length] })
    expect(messages.at(-1)?.metadata).toEqual(marked)
  })

  it('never makes more than four marks, and none that was not asked for', () => {
    const places = fc.uniqueArray(fc.nat(12), { maxLength: 12 })
    fc.assert(
      fc.property(places, fc.nat(6), (breakpoints, turns) => {
        const context = conversation(turns)
        const { messages } = markCache(context, { ...settings, breakpoints })
        const found = messages.flatMap((message, index) => (message.metadata === undefined ? [] : [index]))
        const possible = breakpoints.filter((index) => index < messages.length)
        expect(found).toHaveLength(Math.min(possible.length, 4))
        expect(possible).toEqual(expect.arrayContaining(found))
      }),
    )
  })
})
