import { type Context, createContext } from '@empire/context'

const tokenCounter = { name: 'four-bytes', exact: false, count: (text: string) => Math.ceil(text.length / 4) }

/** Histories with what strategies trip over, by what it is. All of them can count their tokens. */
export const sampleHistories: Readonly<Record<string, () => Context>> = {
  'no message': () => createContext({ tokenCounter }),
  'one message': () => createContext({ tokenCounter }).user('Hello'),
  'only what is protected': () =>
    createContext({ tokenCounter }).system('You are brief.').user('The task', { pinned: true }),
  'several system messages': () =>
    talk(createContext({ tokenCounter }).system('First').system('Second'), 12).system('Third'),
  'a system message in the middle': () => talk(talk(createContext({ tokenCounter }), 6).system('You are brief.'), 6),
  'tools, one after the other': () => {
    let context = createContext({ tokenCounter }).system('You are brief.').user('Look it all up.')
    for (let turn = 0; turn < 20; turn++) {
      context = context.toolCall({ id: `c${turn}`, tool: 'search', args: { turn } })
      context = context.toolResult({
        id: `c${turn}`,
        result: { hits: Array.from({ length: 40 }, () => 'a long line') },
      })
    }
    return context.assistant('Done.')
  },
  'parallel calls, answered in another order': () => {
    let context = createContext({ tokenCounter }).user('Ask both.')
    for (let turn = 0; turn < 8; turn++) {
      context = context.toolCall({ id: `a${turn}`, tool: 'left', args: {} })
      context = context.toolCall({ id: `b${turn}`, tool: 'right', args: {}, pinned: turn === 3 })
      context = context.user('Are you there?')
      context = context.toolResult({ id: `b${turn}`, result: 'b'.repeat(3000), isError: turn === 4 })
      context = context.toolResult({ id: `a${turn}`, result: 'a'.repeat(3000), priority: turn })
    }
    return context
  },
  'a call without a result': () =>
    talk(createContext({ tokenCounter }), 10).toolCall({ tool: 'search', args: { for: 'x'.repeat(500) } }),
  'media and pinned messages': () =>
    talk(
      talk(createContext({ tokenCounter }), 4)
        .media({ mimeType: 'image/png', url: 'https://example.com/a.png' })
        .assistant('I see.', { pinned: true, priority: -1 }),
      8,
    ),
  priorities: () => {
    let context = createContext({ tokenCounter })
    for (let turn = 0; turn < 30; turn++) context = context.user(`Message ${turn}`, { priority: turn % 5 })
    return context
  },
  'one long text': () => talk(createContext({ tokenCounter }).user('😀'.repeat(20_000)), 4),
}

function talk(context: Context, turns: number): Context {
  let longer = context
  for (let turn = 0; turn < turns; turn++) {
    longer = longer.user(`Question ${turn}: what comes next?`).assistant(`Answer ${turn}. `.repeat(20))
  }
  return longer
}
