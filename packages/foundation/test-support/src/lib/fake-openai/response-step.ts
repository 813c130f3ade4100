import { estimateTokens } from '../fake-model/estimate-tokens.ts'
import { splitText } from '../fake-model/model-step.ts'
import type { FakeEvent } from '../fake-server/fake-reply.ts'
import type { FakeRequest } from '../fake-server/fake-request.ts'
import { halves, type OpenaiStep } from './openai-step.ts'

type Json = Readonly<Record<string, unknown>>

/** One thing that the model wrote, and the events of its pieces. */
interface Item {
  readonly whole: Json
  /** The item as it is announced. */
  readonly begun: Json
  /** What comes between its beginning and its end. */
  readonly pieces: readonly Json[]
}

/** The whole answer of the Responses API. Thoughts are one summary; they are signed where the request asks for it. */
export function wholeResponse(request: FakeRequest, body: Json, step: OpenaiStep): Json {
  const items = itemsOf(request, body, step)
  return { ...head(request, body), ...end(body, step), output: items.map(({ whole }) => whole) }
}

/** The same as events. */
export function responseEvents(request: FakeRequest, body: Json, step: OpenaiStep): FakeEvent[] {
  const items = itemsOf(request, body, step)
  const begun = { ...head(request, body), status: 'in_progress', output: [] }
  const { status } = end(body, step)
  const events: Json[] = [
    { type: 'response.created', response: begun },
    { type: 'response.in_progress', response: begun },
    ...items.flatMap(({ whole, begun: item, pieces }, index) => [
      { type: 'response.output_item.added', output_index: index, item },
      ...pieces.map((piece) => ({ ...piece, item_id: whole['id'], output_index: index })),
      { type: 'response.output_item.done', output_index: index, item: whole },
    ]),
    { type: `response.${String(status)}`, response: wholeResponse(request, body, step) },
  ]
  return events.map((event, index) => ({
    event: String(event['type']),
    data: JSON.stringify({ ...event, sequence_number: index }),
  }))
}

function itemsOf({ index: request }: FakeRequest, body: Json, step: OpenaiStep): Item[] {
  const { toolCalls = [] } = step
  const include: readonly unknown[] = Array.isArray(body['include']) ? body['include'] : []
  const isSigned = include.includes('reasoning.encrypted_content')
  return [
    ...(step.thinking === undefined ? [] : [reasoningItem(`rs_fake_${request}`, splitText(step.thinking), isSigned)]),
    ...(step.text === undefined ? [] : [messageItem(`msg_fake_${request}`, splitText(step.text))]),
    ...toolCalls.map(({ id, name, input = {} }, index) => {
      const callId = id ?? `call_fake_${request}_${index}`
      return callItem(`fc_fake_${request}_${index}`, callId, name, JSON.stringify(input))
    }),
  ]
}

function reasoningItem(id: string, pieces: readonly string[], isSigned: boolean): Item {
  const text = pieces.join('')
  const summary = [{ type: 'summary_text', text }]
  const proof = isSigned ? { encrypted_content: `encrypted-${id}` } : {}
  return {
    whole: { type: 'reasoning', id, summary, ...proof },
    begun: { type: 'reasoning', id, summary: [], ...proof },
    pieces: [
      { type: 'response.reasoning_summary_part.added', summary_index: 0, part: { type: 'summary_text', text: '' } },
      ...pieces.map((delta) => ({ type: 'response.reasoning_summary_text.delta', summary_index: 0, delta })),
      { type: 'response.reasoning_summary_text.done', summary_index: 0, text },
      { type: 'response.reasoning_summary_part.done', summary_index: 0, part: summary[0] },
    ],
  }
}

function messageItem(id: string, pieces: readonly string[]): Item {
  const text = pieces.join('')
  const message = { type: 'message', id, role: 'assistant' }
  return {
    whole: { ...message, status: 'completed', content: [part(text)] },
    begun: { ...message, status: 'in_progress', content: [] },
    pieces: [
      { type: 'response.content_part.added', content_index: 0, part: part('') },
      ...pieces.map((delta) => ({ type: 'response.output_text.delta', content_index: 0, delta, logprobs: [] })),
      { type: 'response.output_text.done', content_index: 0, text, logprobs: [] },
      { type: 'response.content_part.done', content_index: 0, part: part(text) },
    ],
  }
}

function part(text: string): Json {
  return { type: 'output_text', text, annotations: [], logprobs: [] }
}

function callItem(id: string, callId: string, name: string, text: string): Item {
  const call = { type: 'function_call', id, call_id: callId, name }
  return {
    whole: { ...call, status: 'completed', arguments: text },
    begun: { ...call, status: 'in_progress', arguments: '' },
    pieces: [
      ...halves(text).map((delta) => ({ type: 'response.function_call_arguments.delta', delta })),
      { type: 'response.function_call_arguments.done', name, arguments: text },
    ],
  }
}

function head({ index }: FakeRequest, { model, tools = [], tool_choice: choice = 'auto', store = true }: Json): Json {
  return {
    id: `resp_fake_${index}`,
    object: 'response',
    created_at: 1_735_689_600,
    model,
    tools,
    tool_choice: choice,
    parallel_tool_calls: true,
    store,
    error: null,
  }
}

/** A reason to finish in the words of chat completions is one of an answer that is incomplete, but for the usual ones. */
function end(body: Json, step: OpenaiStep): { readonly status: string } & Json {
  const { finishReason = 'stop', text, thinking, toolCalls, usage = {} } = step
  const isComplete = finishReason === 'stop' || finishReason === 'tool_calls'
  const {
    input = estimateTokens(body['instructions'], body['input'], body['tools']),
    output = estimateTokens(text, thinking, toolCalls),
    cacheRead = 0,
    reasoning = 0,
  } = usage
  return {
    status: isComplete ? 'completed' : 'incomplete',
    incomplete_details: isComplete ? null : { reason: finishReason === 'length' ? 'max_output_tokens' : finishReason },
    usage: {
      input_tokens: input + cacheRead,
      input_tokens_details: { cached_tokens: cacheRead },
      output_tokens: output,
      output_tokens_details: { reasoning_tokens: reasoning },
      total_tokens: input + cacheRead + output,
    },
  }
}
