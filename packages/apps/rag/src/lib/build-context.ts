import { type Context, createContext } from '@empire/context'
import { printable } from '@empire/ingest'
import { createLiquid } from '@empire/template-liquid'
import { createGptCounter } from '@empire/tokens-gpt'
import type { FoundPassage } from './find-passages.ts'
import { UsageError } from './usage-error.ts'

/** The messages for the model, and the passages among them. */
export interface BudgetedContext {
  readonly context: Context
  readonly passages: readonly FoundPassage[]
  readonly counter: string
}

const counterName = createGptCounter({ encoding: 'o200k_base' }).name

const rules = [
  'Answer the question in the last message from the numbered passages before it, and from nothing else.',
  'End each sentence with the number of the passage that it stands on, as in [1].',
  'If the passages do not hold the answer, say so and give no number.',
].join(' ')

const passageTemplate = '[{{ number }}] {{ path }}{{ place }}\n{{ text }}'

/** What stands between the rules and the question. */
export interface ContextOptions {
  /** What was said before: it begins with the rules. Default: the rules alone. */
  readonly history?: Context | undefined
  /** The number of the first passage. Default: 1. */
  readonly firstNumber?: number | undefined
}

/** A context that holds nothing but the rules. */
export function createRules(budget: number): Context {
  const tokenCounter = createGptCounter({ encoding: 'o200k_base' })
  return createContext({ tokenCounter, engines: [createLiquid()], maxTokens: budget }).system(rules)
}

/**
 * One system message, what was said before, one message per passage, the question. Passages that would exceed the budget are
 * left out; a smaller one behind them may still fit.
 *
 * @throws UsageError when not even the question fits.
 */
export function buildContext(
  question: string,
  candidates: readonly FoundPassage[],
  budget: number,
  { history = createRules(budget), firstNumber = 1 }: ContextOptions = {},
): BudgetedContext {
  const least = history.user(question).tokenCount()
  if (least > budget) {
    throw new UsageError(`The question alone takes ${least} tokens. Give --budget at least that many, got ${budget}.`)
  }
  let context = history
  const passages: FoundPassage[] = []
  for (const { passage, anchors } of candidates) {
    const numbered = { ...passage, number: passages.length + firstNumber }
    const { number, path, lines, pages, text } = numbered
    const place = pages === undefined ? `:${lines.start}` : `, page ${pages.start}`
    const longer = context.user(passageTemplate, {
      engine: 'liquid',
      assigns: { number, path: printable(path), place, text },
    })
    if (longer.user(question).tokenCount() > budget) continue
    context = longer
    passages.push({ passage: numbered, anchors })
  }
  return { context: context.user(question), passages, counter: counterName }
}
