import type { Branch } from './branch.ts'
import type { Message } from './message.ts'
import { toolCallsOf } from './tool-calls.ts'
import { ToolPairingError } from './tool-pairing-error.ts'

/** The tool of a call. Throws `ToolPairingError` if there is no such call. */
export function findTool(callId: string, branch: Branch<Message>, length: number): string {
  const calls = toolCallsOf(branch, length)
  const call = calls.get(callId)
  if (call === undefined) throw new ToolPairingError('tool_call_not_found', callId, calls)
  return call.tool
}

/**
 * Throws `ToolPairingError` for a result without an open call, and for a call whose id another open call has.
 *
 * An id may come again once its call has a result: some models number the calls of each turn.
 */
export function checkPairing(message: Message, branch: Branch<Message>, length: number): void {
  if (message.role !== 'tool' && message.role !== 'tool_result') return
  const { callId, role, tool } = message
  const calls = toolCallsOf(branch, length)
  const call = calls.get(callId)
  if (role === 'tool') {
    if (call !== undefined && !call.hasResult) throw new ToolPairingError('tool_call_exists', callId, calls)
    return
  }
  if (call === undefined) throw new ToolPairingError('tool_call_not_found', callId, calls)
  if (call.hasResult) throw new ToolPairingError('tool_result_exists', callId, calls)
  if (call.tool !== tool) {
    throw new TypeError(
      `Expected "tool" to be that of the call, ${JSON.stringify(call.tool)}, got ${JSON.stringify(tool)}. Leave it out.`,
    )
  }
}
