import { InvalidPromptError, type LanguageModelV4Prompt } from '@ai-sdk/provider'
import { type Context, createContext, type Message } from '@empire/context'
import { fromAiSdk } from '@empire/context/ai-sdk'
import { EmpireError } from '@empire/errors'
import { appendResponse, type Reasoning } from '@empire/llm'
import { isFields } from './is-fields.ts'
import { readKept } from './kept-fields.ts'

/** A conversation, and up to which of its messages the vendor should cache it. */
export interface ReadPrompt {
  readonly context: Context
  readonly cacheBreakpoints: readonly number[]
}

/**
 * The conversation that the SDK hands over. What one of our models wanted back, and was kept by the SDK meanwhile, is put
 * where that model looks for it. Throws `InvalidPromptError` for what a context has no form for.
 */
export function readPrompt(prompt: LanguageModelV4Prompt): ReadPrompt {
  const context = restore(attemptRead(prompt))
  const cacheBreakpoints = context.messages.flatMap((message, index) => (isBreakpoint(message) ? [index] : []))
  return { context, cacheBreakpoints }
}

function attemptRead(prompt: LanguageModelV4Prompt): Context {
  try {
    return fromAiSdk(prompt)
  } catch (cause) {
    if (EmpireError.isInstance(cause))
      throw new InvalidPromptError({ prompt: undefined, message: cause.message, cause })
    throw cause
  }
}

/** Writes each answer of ours anew, as `appendResponse` writes answers. */
function restore(context: Context): Context {
  if (!context.messages.some((message) => keptOf(message).length > 0)) return context
  let next = createContext()
  let turn: Message[] = []
  function endTurn(): void {
    const reasoning = turn.flatMap(keptOf)
    next = reasoning.length === 0 ? addAll(next, turn) : appendTurn(next, turn, reasoning)
    turn = []
  }
  for (const message of context.messages) {
    if (message.role === 'assistant' || message.role === 'tool') {
      turn.push(message)
      continue
    }
    endTurn()
    next = next.add(message)
  }
  endTurn()
  return next
}

function addAll(context: Context, messages: readonly Message[]): Context {
  let next = context
  for (const message of messages) next = next.add(message)
  return next
}

function appendTurn(context: Context, turn: readonly Message[], reasoning: readonly Reasoning[]): Context {
  return appendResponse(context, {
    text: turn.flatMap((message) => (message.role === 'assistant' ? [message.raw] : [])).join(''),
    reasoning,
    toolCalls: turn.flatMap((message) =>
      message.role === 'tool' ? [{ id: message.callId, name: message.tool, input: message.args }] : [],
    ),
    citations: [],
    media: [],
    usage: { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 },
    finish: { reason: 'stop' },
  })
}

function keptOf({ metadata }: Message): Reasoning[] {
  const fields = metadata?.['aiSdk']
  if (!isFields(fields) || !Array.isArray(fields['reasoning'])) return []
  return fields['reasoning'].flatMap((part) => readKept(part) ?? [])
}

/** Applications mark messages in the words of Anthropic's provider. */
function isBreakpoint({ metadata }: Message): boolean {
  const fields = metadata?.['aiSdk']
  const options = isFields(fields) && isFields(fields['providerOptions']) ? fields['providerOptions'] : {}
  const { anthropic } = options
  return isFields(anthropic) && isFields(anthropic['cacheControl'] ?? anthropic['cache_control'])
}
