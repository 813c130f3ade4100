import { compact, dropToolResults, keepRecent, shorten, summarizeHistory, until } from '@empire/compaction'
import { type Context, createContext } from '@empire/context'
import { toAiSdk } from '@empire/context/ai-sdk'
import { toClaude } from '@empire/context/claude'
import { toGemini } from '@empire/context/gemini'
import { toOpenAI } from '@empire/context/openai'
import { createGptCounter } from '@empire/tokens-gpt'
import { describe, expect, it } from 'vitest'

/** An agent's work: each turn a question, two calls at once, their results, and an answer. */
function conversation(turns: number): Context {
  let context = createContext({ tokenCounter: createGptCounter() }).system('You read files.')
  for (let turn = 0; turn < turns; turn++) {
    context = context
      .user(`What do the files ${turn} say?`)
      .toolCall({ id: `a${turn}`, tool: 'read', args: { path: `a${turn}.txt` } })
      .toolCall({ id: `b${turn}`, tool: 'read', args: { path: `b${turn}.txt` } })
      .toolResult({ id: `b${turn}`, result: 'word '.repeat(400) })
      .toolResult({ id: `a${turn}`, result: { lines: ['one', 'two'] } })
      .assistant(`They say ${turn}.`)
  }
  return context
}

const summarizer = (): string => 'They read files.'

describe('a compacted conversation', () => {
  it.each([
    keepRecent({ messages: 10 }),
    keepRecent({ tokens: 2000 }),
    dropToolResults(),
    shorten({ to: 100 }),
    summarizeHistory({ summarizer, keep: 8 }),
    until({ maxTokens: 1500 }, dropToolResults(), shorten(), keepRecent()),
  ])('by $name is taken by every vendor, with each call beside its result', async (strategy) => {
    const before = conversation(20)
    const after = await compact(before, strategy)
    expect(after.tokenCount()).toBeLessThan(before.tokenCount())
    const opening = 'Go on.'
    const results = after.messages.filter(({ role }) => role === 'tool_result').length
    expect(count(toClaude(after, { opening }), 'tool_result')).toBe(results)
    expect(count(toGemini(after, { opening }), 'functionResponse')).toBe(results)
    expect(toOpenAI(after).filter(({ role }) => role === 'tool')).toHaveLength(results)
    expect(count(toAiSdk(after), 'tool-result')).toBe(results)
  })
})

function count(request: unknown, word: string): number {
  const text = JSON.stringify(request)
  return text.split(`"${word}":`).length + text.split(`"type":"${word}"`).length - 2
}
