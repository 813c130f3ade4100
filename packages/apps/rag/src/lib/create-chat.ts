import { compact, keepRecent, shorten, until } from '@empire/compaction'
import { type Context, isPrompt } from '@empire/context'
import { EmpireError } from '@empire/errors'
import { collectResponse, type LanguageModel } from '@empire/llm/model'
import type { Citation } from './answer.ts'
import { buildContext, createRules } from './build-context.ts'
import { readCitations } from './citations.ts'
import { findPassages, type FoundPassage } from './find-passages.ts'
import type { Library } from './library.ts'
import { tellText } from './tell-text.ts'

/** What is said to a question of a conversation. */
export interface Turn {
  readonly answer: string
  readonly citations: readonly Citation[]
  readonly unknownCitations: readonly number[]
  /** The tokens of what the model was given. */
  readonly tokens: number
}

/** A conversation about documents. */
export interface Chat {
  /** Answers a question, one at a time. What is stopped or fails is forgotten. */
  ask(question: string, options: { signal?: AbortSignal | undefined; onText: (text: string) => void }): Promise<Turn>
}

/** Who talks about what. */
export interface ChatOptions {
  readonly library: Library
  readonly model: LanguageModel
  readonly top: number
  /** How many tokens the model may be given. What was said before takes half of them at most. */
  readonly budget: number
}

/** Starts a conversation. Passages are numbered through, so that a citation means the same in every answer. */
export function createChat({ library, model, top, budget }: ChatOptions): Chat {
  // The model without a vendor takes every message before the question for a passage.
  const remembers = model.vendor !== undefined
  let history = createRules(budget)
  let previous: string | undefined
  let firstNumber = 1

  async function find(question: string, signal: AbortSignal | undefined): Promise<FoundPassage[]> {
    const found = await findPassages(library, question, top, signal)
    if (found.length > 0 || previous === undefined) return found
    // "And on Windows?" says little without what was asked before.
    return findPassages(library, `${previous} ${question}`, top, signal)
  }

  return {
    async ask(question, { signal, onText }) {
      signal?.throwIfAborted()
      const shorter = await shortenHistory(history, budget, signal)
      const { context, passages } = buildContext(question, await find(question, signal), budget, {
        history: shorter,
        firstNumber,
      })
      const messages = context.renderMessages().filter(isPrompt)
      const { text } = await collectResponse(tellText(model.stream({ messages }, { signal }), onText))
      const { citations, unknown } = readCitations(text, passages)
      if (remembers) history = shorter.user(question).assistant(text)
      previous = question
      firstNumber += passages.length
      return { answer: text, citations, unknownCitations: unknown, tokens: context.tokenCount() }
    },
  }
}

/** What was said before, in half of the budget: long answers are cut first, then the oldest go. */
async function shortenHistory(history: Context, budget: number, signal: AbortSignal | undefined): Promise<Context> {
  const maxTokens = Math.floor(budget / 2)
  if (history.tokenCount() <= maxTokens) return history
  try {
    return fromQuestion(await compact(history, until({ maxTokens }, shorten(), keepRecent()), { signal }), budget)
  } catch (error) {
    if (EmpireError.isInstance(error) && error.code === 'cannot_fit') return createRules(budget)
    throw error
  }
}

/** Vendors want a conversation to begin with the user: an answer whose question is gone goes, too. */
function fromQuestion(history: Context, budget: number): Context {
  const said = history.messages.slice(1)
  const first = said.findIndex(({ role }) => role === 'user')
  if (first === 0) return history
  let rest = createRules(budget)
  for (const { role, raw } of first === -1 ? [] : said.slice(first)) {
    rest = role === 'user' ? rest.user(raw) : rest.assistant(raw)
  }
  return rest
}
