import { splitText } from '../fake-model/model-step.ts'
import type { FakeEvent } from '../fake-server/fake-reply.ts'
import type { ClaudeMessage, ClaudeStep } from './claude-step.ts'

type Block = ClaudeMessage['content'][number]

const piece = 12

/** The events that stream a message, as the API sends them. */
export function messageEvents(message: ClaudeMessage, step: ClaudeStep): FakeEvent[] {
  const { usage, stop_reason, stop_sequence, stop_details, container } = message
  const start = {
    ...message,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    stop_details: null,
    container: null,
    usage: { ...usage, output_tokens: 1 },
  }
  return [
    event({ type: 'message_start', message: start }),
    event({ type: 'ping' }),
    ...message.content.flatMap((block, index) => blockEvents(block, index, step)),
    event({
      type: 'message_delta',
      delta: { container, stop_details, stop_reason, stop_sequence },
      usage: deltaUsage(usage),
    }),
    event({ type: 'message_stop' }),
  ]
}

function blockEvents(block: Block, index: number, step: ClaudeStep): FakeEvent[] {
  const { start, deltas } = splitBlock(block, step)
  return [
    event({ type: 'content_block_start', index, content_block: start }),
    ...deltas.map((delta) => event({ type: 'content_block_delta', index, delta })),
    event({ type: 'content_block_stop', index }),
  ]
}

function splitBlock(block: Block, step: ClaudeStep): { readonly start: Block; readonly deltas: readonly Block[] } {
  switch (block['type']) {
    case 'text': {
      const pieces = splitText(step.content === undefined ? step.text : String(block['text']))
      const deltas: Block[] = pieces.map((text) => ({ type: 'text_delta', text }))
      const { citations } = block
      if (!Array.isArray(citations)) return { start: { ...block, text: '' }, deltas }
      const cited = citations.map((citation: unknown) => ({ type: 'citations_delta', citation }))
      return { start: { ...block, text: '', citations: [] }, deltas: [...cited, ...deltas] }
    }
    case 'thinking': {
      const pieces = splitText(step.content === undefined ? step.thinking : String(block['thinking']))
      const signature = { type: 'signature_delta', signature: block['signature'] }
      return {
        start: { ...block, thinking: '', signature: '' },
        deltas: [...pieces.map((thinking) => ({ type: 'thinking_delta', thinking })), signature],
      }
    }
    case 'tool_use':
    case 'server_tool_use': {
      // The first piece is empty, as it is in the streams of the API.
      const pieces = ['', ...splitJson(JSON.stringify(block['input']))]
      return {
        start: { ...block, input: {} },
        deltas: pieces.map((partial_json) => ({ type: 'input_json_delta', partial_json })),
      }
    }
    default:
      return { start: block, deltas: [] }
  }
}

/** Cuts anywhere, also within words and numbers, but not within a character. */
function splitJson(json: string): string[] {
  return json.match(new RegExp(`.{1,${piece}}`, 'gsu')) ?? []
}

function deltaUsage(usage: ClaudeMessage['usage']): Record<string, unknown> {
  const names = [
    'input_tokens',
    'output_tokens',
    'output_tokens_details',
    'cache_creation_input_tokens',
    'cache_read_input_tokens',
    'server_tool_use',
  ]
  return Object.fromEntries(names.map((name) => [name, usage[name]]))
}

function event(data: { readonly type: string } & Readonly<Record<string, unknown>>): FakeEvent {
  return { event: data.type, data: JSON.stringify(data) }
}
