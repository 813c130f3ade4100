import { apply, dropToolResults, keepRecent, plan, summarizeHistory } from '@empire/compaction'
import { type Context, createContext } from '@empire/context'
import { createClaude } from '@empire/llm-claude'
import { createFakeClaude } from '@empire/test-support'
import { describe, expect, it } from 'vitest'

interface Sent {
  readonly system?: readonly Block[]
  readonly messages: readonly { readonly content: readonly Block[] }[]
}

type Block = Readonly<Record<string, unknown>>

const rules = 'Answer in one sentence, and say which file it is from. '.repeat(300)

function conversation(turns: number): Context {
  let context = createContext().system(rules)
  for (let turn = 0; turn < turns; turn++) {
    context = context
      .user(`Question ${turn}`)
      .toolCall({ id: `call-${turn}`, tool: 'read', args: {} })
      .toolResult({ id: `call-${turn}`, result: 'line '.repeat(1000) })
      .assistant(`Answer ${turn}`)
  }
  return context.user('And now?')
}

/** The blocks of a request: a prefix of it is what a provider caches. */
function blocksOf({ system = [], messages }: Sent): Block[] {
  return [...system, ...messages.flatMap(({ content }) => content)]
}

function isMarked(block: Block): boolean {
  return block['cache_control'] !== undefined
}

function withoutMark(block: Block): Block {
  return { ...block, cache_control: undefined }
}

describe('the breakpoints of a compaction plan', () => {
  it.each([
    summarizeHistory({ summarizer: () => 'They asked.', keep: 5 }),
    keepRecent({ messages: 9, step: 1 }),
    dropToolResults({ keep: 1 }),
  ])('make Claude cache what the next turns begin with, and read what is cached already: $name', async (strategy) => {
    await using claude = await createFakeClaude()
    const model = createClaude({ model: 'claude-opus-5-5', apiKey: 'test-key', baseUrl: claude.url, opening: 'Go on.' })
    const before = conversation(5)
    await model.generate({ messages: before, cacheBreakpoints: [0, before.length - 1] })

    const planned = await plan(before, strategy)
    const { context } = apply(planned)
    await model.generate({ messages: context, cacheBreakpoints: planned.cacheBreakpoints })
    const later = context.assistant('So it is.').user('Why?')
    await model.generate({ messages: later, cacheBreakpoints: [...planned.cacheBreakpoints, later.length - 1] })

    const [first = [], second = [], third = []] = claude.requests.map(({ json }) => blocksOf(json as Sent))
    const marks = second.flatMap((block, index) => (isMarked(block) ? [index] : []))
    expect(marks.length).toBeGreaterThan(1)
    expect(marks.length).toBeLessThanOrEqual(4)
    // The first mark is behind all that the cache has of the old prompt, and no further.
    const [end = -1] = marks
    const same = second.findIndex(
      (block, index) => JSON.stringify(withoutMark(block)) !== JSON.stringify(withoutMark(first[index] ?? {})),
    )
    expect(end).toBe(same - 1)
    // All of the compacted prompt is the beginning of the next one, and marked there again.
    expect(third.slice(0, second.length)).toEqual(second)
    expect(third.filter(isMarked)).toHaveLength(marks.length + 1)
    expect(marks.at(-1)).toBe(second.length - 1)
  })
})
