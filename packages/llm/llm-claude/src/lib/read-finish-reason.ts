import type { FinishReason } from '@empire/llm'

const reasons: ReadonlyMap<string, FinishReason> = new Map([
  ['end_turn', 'stop'],
  ['stop_sequence', 'stop'],
  ['max_tokens', 'length'],
  ['model_context_window_exceeded', 'length'],
  ['tool_use', 'tool-calls'],
  ['refusal', 'content-filter'],
])

/** Our word for a stop reason of the API. `pause_turn` and those to come are `other`. */
export function readFinishReason(reason: string): FinishReason {
  return reasons.get(reason) ?? 'other'
}
