import { compact, type CompactionStrategy } from '@empire/compaction'
import { type Context, createContext, type Message } from '@empire/context'
import { createGptCounter } from '@empire/tokens-gpt'

/** What a conversation came to, all its requests together. */
export interface Simulation {
  readonly requests: number
  readonly compactions: number
  /** The longest prompt, in tokens. */
  readonly longest: number
  /** Tokens of all prompts. */
  readonly prompted: number
  /** Those of them that the request before began with, too. */
  readonly cached: number
  /** Tokens of messages that a summarizer had to read. */
  readonly summarised: number
  /** What all prompts cost, by `prices`, and what the summarizer read, as new input. */
  readonly cost: number
}

/** Per million tokens: what is usual where caching has its price. */
export const prices = { input: 3, cachedInput: 0.3, cacheWrite: 3.75 }

/** How many tokens a prompt may have. */
export const budget = 24_000

const words = 'the build of this branch fails since a test reads what another one writes and nobody waits for it'.split(
  ' ',
)
const tokenCounter = createGptCounter()

/**
 * A conversation of an agent with tools: in each turn a question, one to three rounds of one or two calls with their results, an
 * answer. Whenever the next prompt would exceed the budget, it is compacted first. The same each time.
 */
export async function simulate(strategy: CompactionStrategy | undefined, turns = 200): Promise<Simulation> {
  const random = createRandom()
  let context = createContext({ tokenCounter }).system(say(random, 400))
  let sent = context.slice(0, 0)
  const total = { requests: 0, compactions: 0, longest: 0, prompted: 0, cached: 0, summarised: 0 }

  const summarizer = (messages: readonly Message[]): string => {
    total.summarised += context.withMessages(messages).tokenCount()
    return say(createRandom(), 300)
  }
  const request = async (): Promise<void> => {
    if (strategy !== undefined && context.tokenCount() > budget) {
      context = await compact(context, strategy, { summarizer, maxTokens: budget })
      total.compactions++
    }
    const tokens = context.tokenCount()
    total.requests++
    total.longest = Math.max(total.longest, tokens)
    total.prompted += tokens
    total.cached += countCommon(sent, context)
    sent = context
  }

  for (let turn = 0; turn < turns; turn++) {
    context = context.user(say(random, 10 + random(40)), { priority: 2 })
    const rounds = 1 + random(3)
    for (let round = 0; round < rounds; round++) {
      await request()
      const ids = Array.from({ length: 1 + random(2) }, (_, call) => `${turn}-${round}-${call}`)
      for (const id of ids) context = context.toolCall({ id, tool: 'read', args: { path: say(random, 3) } })
      for (const id of ids) context = context.toolResult({ id, result: say(random, 20 + random(600)) })
    }
    await request()
    context = context.assistant(say(random, 20 + random(80)), { priority: 1 })
  }
  return { ...total, cost: costOf(total) }
}

/** The tokens of the messages that both prompts begin with. */
function countCommon(before: Context, after: Context): number {
  const end = after.messages.findIndex((message, index) => message !== before.messages[index])
  return end < 1 ? 0 : after.slice(0, end).tokenCount()
}

function costOf({ prompted, cached, summarised }: Omit<Simulation, 'cost'>): number {
  const { input, cachedInput, cacheWrite } = prices
  return (cached * cachedInput + (prompted - cached) * cacheWrite + summarised * input) / 1_000_000
}

function say(random: (below: number) => number, length: number): string {
  return Array.from({ length }, () => words[random(words.length)]).join(' ')
}

/** Integers from 0 to below a limit; the same ones each time (a linear congruential generator). */
function createRandom(): (below: number) => number {
  let state = 1
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
