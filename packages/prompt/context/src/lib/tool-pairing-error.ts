import { closestName, describeValue, EmpireError } from '@empire/errors'
import type { ToolCalls } from './tool-calls.ts'

/**
 * Why a call or a result cannot be added.
 *
 * - `tool_call_not_found`: a result of a call that is not in the context
 * - `tool_result_exists`: a second result of one call
 * - `tool_call_exists`: a second call of one id before the first has its result
 */
export type ToolPairingCode = 'tool_call_not_found' | 'tool_result_exists' | 'tool_call_exists'

const shown = 5

/**
 * A tool call and its result do not go together. `details` holds the `callId`, up to five ids of `open` calls, the last ones
 * first, and the `closest` id if there is one like it.
 */
export class ToolPairingError extends EmpireError<ToolPairingCode> {
  constructor(code: ToolPairingCode, callId: string, calls: ToolCalls) {
    const all = [...calls]
    const closest =
      code === 'tool_call_not_found'
        ? closestName(
            callId,
            all.map(([id]) => id),
          )
        : undefined
    const open = all
      .filter(([, { hasResult }]) => !hasResult)
      .toSorted(([, a], [, b]) => b.position - a.position)
      .slice(0, shown)
      .map(([id]) => id)
    super(code, messageOf(code, callId, closest, open), {
      details: { callId, open, ...(closest === undefined ? {} : { closest }) },
    })
  }
}

function messageOf(
  code: ToolPairingCode,
  callId: string,
  closest: string | undefined,
  open: readonly string[],
): string {
  switch (code) {
    case 'tool_call_not_found': {
      const hint = closest === undefined ? '' : ` Did you mean ${JSON.stringify(closest)}?`
      const waiting = open.length === 0 ? 'No call waits for a result.' : `Waiting for a result: ${open.join(', ')}.`
      return `Expected "id" to be that of an earlier tool call, got ${describeValue(callId)}.${hint} ${waiting} For example: context.toolCall({ id: "call_1", tool: "weather", args: { city: "Berlin" } }).toolResult({ id: "call_1", result: "sunny" }).`
    }
    case 'tool_result_exists':
      return `The tool call ${JSON.stringify(callId)} has its result already. A call has one result: put all of it into that, as in context.toolResult({ id: "call_1", result: ["sunny", "windy"] }).`
    case 'tool_call_exists':
      return `The tool call ${JSON.stringify(callId)} still waits for its result. Give this call another id, or leave "id" out: context.toolCall({ tool: "weather", args: { city: "Berlin" } }).`
  }
}
