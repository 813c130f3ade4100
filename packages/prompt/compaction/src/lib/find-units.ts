import type { Message } from '@empire/context'

/**
 * For each message the number of its unit: tool results have that of their call, the nearest one before them with the same
 * call id; all other messages have one of their own.
 */
export function findUnits(messages: readonly Message[]): number[] {
  const calls = new Map<string, number>()
  return messages.map((message, index) => {
    if (message.role === 'tool') calls.set(message.callId, index)
    else if (message.role === 'tool_result') return calls.get(message.callId) ?? index
    return index
  })
}
