import type Anthropic from '@anthropic-ai/sdk'
import { createContext } from '../context.ts'
import { fromClaude } from './from-claude.ts'
import { toClaude } from './to-claude.ts'

declare const client: Anthropic

const context = createContext()

toClaude(context).messages satisfies Anthropic.MessageParam[]
toClaude(context) satisfies Pick<Anthropic.MessageCreateParams, 'system' | 'messages'>

async function converse(): Promise<void> {
  const answer = await client.messages.create({ model: 'claude-opus-5-5', max_tokens: 9, ...toClaude(context) })
  fromClaude({ messages: [...toClaude(context).messages, answer] })
  await client.messages.countTokens({ model: 'claude-opus-5-5', ...toClaude(context, { names: 'prefix' }) })
}

declare const history: Anthropic.MessageCreateParamsNonStreaming
fromClaude(history, { model: history.model })
// @ts-expect-error: one of two words
toClaude(context, { names: 'drop' })
void converse
