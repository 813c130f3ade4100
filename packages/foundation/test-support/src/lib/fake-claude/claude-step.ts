import { estimateTokens } from '../fake-model/estimate-tokens.ts'
import { type ModelStep, splitText } from '../fake-model/model-step.ts'
import type { FakeRequest } from '../fake-server/fake-request.ts'

/** What the fake Claude answers to one request. */
export interface ClaudeStep extends ModelStep {
  /** Default: `tool_use` where there are tool calls, else `end_turn`. */
  readonly stopReason?: string | undefined
  /** Default: none. */
  readonly stopSequence?: string | undefined
  /** Why it stopped, beside the reason: `{ type: 'refusal', category: 'cyber', explanation: null }`. Default: none. */
  readonly stopDetails?: Readonly<Record<string, unknown>> | undefined
  /** Where the programs of the answer ran: `{ id, expires_at }`. Default: nowhere. */
  readonly container?: Readonly<Record<string, unknown>> | undefined
  /** Content blocks as they are, in the place of thoughts, text and tool calls. Blocks other than text with its citations, thoughts and calls of tools are streamed whole. */
  readonly content?: readonly Readonly<Record<string, unknown>>[] | undefined
}

/** A message of the API, without what only a stream or only a whole reply has. */
export interface ClaudeMessage {
  readonly id: string
  readonly type: 'message'
  readonly role: 'assistant'
  readonly model: unknown
  readonly container: Readonly<Record<string, unknown>> | null
  readonly diagnostics: null
  readonly stop_details: Readonly<Record<string, unknown>> | null
  readonly content: readonly Readonly<Record<string, unknown>>[]
  readonly stop_reason: string
  readonly stop_sequence: string | null
  readonly usage: Readonly<Record<string, unknown>>
}

/** The whole message for a request. */
export function makeMessage(
  request: FakeRequest,
  body: Readonly<Record<string, unknown>>,
  step: ClaudeStep,
): ClaudeMessage {
  const content = step.content ?? makeContent(request, step)
  const hasToolCalls = content.some(({ type }) => type === 'tool_use')
  return {
    id: `msg_fake_${request.index}`,
    type: 'message',
    role: 'assistant',
    model: body['model'],
    container: step.container ?? null,
    content,
    diagnostics: null,
    stop_details: step.stopDetails ?? null,
    stop_reason: step.stopReason ?? (hasToolCalls ? 'tool_use' : 'end_turn'),
    stop_sequence: step.stopSequence ?? null,
    usage: makeUsage(body, content, step),
  }
}

function makeContent(request: FakeRequest, { thinking, text, toolCalls = [] }: ClaudeStep): Record<string, unknown>[] {
  const blocks: Record<string, unknown>[] = []
  if (thinking !== undefined) {
    blocks.push({
      type: 'thinking',
      thinking: splitText(thinking).join(''),
      signature: `fake-signature-${request.index}`,
    })
  }
  if (text !== undefined) blocks.push({ type: 'text', text: splitText(text).join(''), citations: null })
  for (const [index, { id = `toolu_fake_${request.index}_${index}`, name, input = {} }] of toolCalls.entries()) {
    blocks.push({ type: 'tool_use', id, name, input, caller: { type: 'direct' } })
  }
  return blocks
}

function makeUsage(
  body: Readonly<Record<string, unknown>>,
  content: ClaudeMessage['content'],
  { usage = {} }: ClaudeStep,
): Record<string, unknown> {
  const {
    input = estimateInput(body),
    output = estimateTokens(content),
    cacheRead = 0,
    cacheWrite = 0,
    reasoning = 0,
  } = usage
  return {
    input_tokens: input,
    output_tokens: output,
    output_tokens_details: { thinking_tokens: reasoning },
    cache_creation_input_tokens: cacheWrite,
    cache_read_input_tokens: cacheRead,
    cache_creation: { ephemeral_5m_input_tokens: cacheWrite, ephemeral_1h_input_tokens: 0 },
    server_tool_use: null,
    service_tier: 'standard',
    inference_geo: null,
    speed: 'standard',
  }
}

/** About how many tokens of input a request has. */
export function estimateInput(body: Readonly<Record<string, unknown>>): number {
  return estimateTokens(body['system'], body['messages'], body['tools'])
}
