import type { Branch } from './branch.ts'
import { BranchFold } from './branch-fold.ts'
import type { Message } from './message.ts'
import { PersistentMap } from './persistent-map.ts'
import { ToolPairingError } from './tool-pairing-error.ts'

/** A call that a result may refer to. */
export interface ToolCall {
  readonly tool: string
  /** The index of its message. */
  readonly position: number
  readonly hasResult: boolean
}

/** The last call of each id in a history. */
export type ToolCalls = PersistentMap<ToolCall>

const fold = new BranchFold<Message, ToolCalls>(new PersistentMap())

/** The calls among the first `length` messages of a branch. */
export function toolCallsOf(branch: Branch<Message>, length: number): ToolCalls {
  return fold.at(branch, length, addMessage)
}

function addMessage(calls: ToolCalls, message: Message, position: number): ToolCalls {
  if (message.role === 'tool') return calls.set(message.callId, { tool: message.tool, position, hasResult: false })
  if (message.role !== 'tool_result') return calls
  const call = calls.get(message.callId)
  return call === undefined || call.hasResult ? calls : calls.set(message.callId, { ...call, hasResult: true })
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
