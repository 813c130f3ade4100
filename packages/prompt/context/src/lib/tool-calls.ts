import type { Branch } from './branch.ts'
import { BranchFold } from './branch-fold.ts'
import type { Message } from './message.ts'
import { PersistentMap } from './persistent-map.ts'

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
