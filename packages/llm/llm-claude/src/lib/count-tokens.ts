import { createFrameReader } from '@empire/llm/client'
import * as z from 'zod'
import { ask } from './ask.ts'
import type { Send } from './create-send.ts'
import type { ClaudeBody } from './write-body.ts'

const reader = createFrameReader({ vendor: 'Claude', schema: z.looseObject({ input_tokens: z.int().min(0) }) })

/** The parts of a request for a message that have input tokens; the API refuses the others here. */
const counted = new Set(['model', 'system', 'messages', 'tools', 'tool_choice', 'thinking', 'output_config'])

/** How many tokens of input a request has. */
export async function countTokens(send: Send, body: ClaudeBody, signal: AbortSignal | undefined): Promise<number> {
  const parts = Object.fromEntries(Object.entries(body).filter(([name]) => counted.has(name)))
  const answer = await ask(send, 'post', '/v1/messages/count_tokens', { body: parts, signal }, reader)
  return answer.input_tokens
}
