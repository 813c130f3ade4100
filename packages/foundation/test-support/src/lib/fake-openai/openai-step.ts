import { estimateTokens } from '../fake-model/estimate-tokens.ts'
import { type ModelStep, splitText } from '../fake-model/model-step.ts'
import type { FakeEvent } from '../fake-server/fake-reply.ts'
import type { FakeRequest } from '../fake-server/fake-request.ts'

/**
 * What the fake OpenAI answers to one request. Thoughts are `reasoning_content` of chat completions, as servers of that API
 * have them, and items with a summary of the Responses API.
 */
export interface OpenaiStep extends ModelStep {
  /** Default: `tool_calls` where there are tool calls, else `stop`. */
  readonly finishReason?: string | undefined
  /** More headers of the answer, such as `x-ratelimit-remaining-requests`. Default: none. */
  readonly headers?: Readonly<Record<string, string>> | undefined
}

type Json = Readonly<Record<string, unknown>>

/** The whole answer to a request for a chat completion. */
export function wholeCompletion(request: FakeRequest, body: Json, step: OpenaiStep): Json {
  const { text, thinking, toolCalls = [] } = step
  const message = {
    role: 'assistant',
    content: text === undefined ? null : splitText(text).join(''),
    ...(thinking === undefined ? {} : { reasoning_content: splitText(thinking).join('') }),
    ...(toolCalls.length === 0 ? {} : { tool_calls: callsOf(request, step) }),
    refusal: null,
  }
  return {
    ...head(request, body, 'chat.completion'),
    choices: [{ index: 0, message, logprobs: null, finish_reason: finishReasonOf(step) }],
    usage: usageOf(body, step),
  }
}

/** The same as events. The counts come only if they are asked for. */
export function completionEvents(request: FakeRequest, body: Json, step: OpenaiStep): FakeEvent[] {
  const chunk = (choices: readonly Json[], more: Json = {}): FakeEvent => ({
    data: JSON.stringify({ ...head(request, body, 'chat.completion.chunk'), choices, ...more }),
  })
  const delta = (content: Json): FakeEvent => chunk([{ index: 0, delta: content, finish_reason: null }])
  const { include_usage: countsAskedFor } = (body['stream_options'] ?? {}) as Json
  return [
    delta({ role: 'assistant', content: '' }),
    ...splitText(step.thinking).map((piece) => delta({ reasoning_content: piece })),
    ...splitText(step.text).map((piece) => delta({ content: piece })),
    ...callsOf(request, step).flatMap(({ function: { name, arguments: text }, ...call }, index) => [
      delta({ tool_calls: [{ index, ...call, function: { name, arguments: '' } }] }),
      ...halves(text).map((piece) => delta({ tool_calls: [{ index, function: { arguments: piece } }] })),
    ]),
    chunk([{ index: 0, delta: {}, finish_reason: finishReasonOf(step) }]),
    ...(countsAskedFor === true ? [chunk([], { usage: usageOf(body, step) })] : []),
    { data: '[DONE]' },
  ]
}

function head({ index }: FakeRequest, { model }: Json, object: string): Json {
  return { id: `chatcmpl-fake-${index}`, object, created: 1_735_689_600, model }
}

function callsOf({ index: request }: FakeRequest, { toolCalls = [] }: OpenaiStep) {
  return toolCalls.map(({ id, name, input = {} }, index) => ({
    id: id ?? `call_fake_${request}_${index}`,
    type: 'function',
    function: { name, arguments: JSON.stringify(input) },
  }))
}

function finishReasonOf({ finishReason, toolCalls = [] }: OpenaiStep): string {
  return finishReason ?? (toolCalls.length > 0 ? 'tool_calls' : 'stop')
}

function usageOf(body: Json, { text, thinking, toolCalls, usage = {} }: OpenaiStep): Json {
  const {
    input = estimateTokens(body['messages'], body['tools']),
    output = estimateTokens(text, thinking, toolCalls),
    cacheRead = 0,
    reasoning = 0,
  } = usage
  return {
    prompt_tokens: input + cacheRead,
    completion_tokens: output,
    total_tokens: input + cacheRead + output,
    prompt_tokens_details: { cached_tokens: cacheRead },
    completion_tokens_details: { reasoning_tokens: reasoning },
  }
}

/** A text in two pieces, neither empty. */
export function halves(text: string): string[] {
  const middle = Math.ceil(text.length / 2)
  return [text.slice(0, middle), text.slice(middle)].filter((piece) => piece !== '')
}
