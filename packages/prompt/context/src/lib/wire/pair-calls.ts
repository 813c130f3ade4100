import type { ToolCallMessage, ToolResultMessage } from '../message.ts'
import { refuse, type Vendor, type WireEntry } from './wire-entry.ts'

/** The calls of one turn of the assistant, and what came back. */
export interface Pairing {
  /** Whether a result has come. What the assistant says then is another turn. */
  readonly answered: boolean
  call(entry: WireEntry<ToolCallMessage>): void
  answer(entry: WireEntry<ToolResultMessage>): void
  /** The results in the order of the calls. */
  close(): readonly WireEntry<ToolResultMessage>[]
}

interface Pair {
  readonly call: WireEntry<ToolCallMessage>
  result: WireEntry<ToolResultMessage> | undefined
}

/** Nothing yet. Each method throws `UnsupportedMessageError` when a call is not answered exactly once. */
export function pairCalls(vendor: Vendor): Pairing {
  const pairs = new Map<string, Pair>()
  let answered = false
  return {
    get answered() {
      return answered
    },
    call(entry) {
      const { callId } = entry.message
      const earlier = pairs.get(callId)
      if (earlier !== undefined) {
        const problem = `${name(callId)} is that of messages[${earlier.call.index}] too. Give each call an id of its own.`
        throw refuse(vendor, entry, 'duplicate_call', problem)
      }
      pairs.set(callId, { call: entry, result: undefined })
    },
    answer(entry) {
      const { callId } = entry.message
      const pair = pairs.get(callId)
      if (pair === undefined) {
        const cure = 'Put it behind its call, before the assistant speaks again.'
        throw refuse(
          vendor,
          entry,
          'result_without_call',
          `the turn before it has no call with ${name(callId)}. ${cure}`,
        )
      }
      if (pair.result !== undefined) {
        const problem = `messages[${pair.result.index}] is the result of the call with ${name(callId)} already. Keep one of them.`
        throw refuse(vendor, entry, 'result_without_call', problem)
      }
      pair.result = entry
      answered = true
    },
    close() {
      return Array.from(pairs.values(), ({ call, result }) => {
        if (result !== undefined) return result
        const { callId, tool } = call.message
        const cure = `Add it before the assistant speaks again: context.toolResult({ id: ${JSON.stringify(callId)}, result }).`
        throw refuse(vendor, call, 'call_unanswered', `the call of ${JSON.stringify(tool)} has no result. ${cure}`)
      })
    },
  }
}

function name(callId: string): string {
  return `the id ${JSON.stringify(callId)}`
}
