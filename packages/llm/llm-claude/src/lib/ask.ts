import { abortable, linkSignal } from '@empire/clock'
import type { FrameReader } from '@empire/llm/client'
import type { ClaudeCallOptions } from './claude-client.ts'
import type { Send } from './create-send.ts'
import { toClaudeError } from './to-claude-error.ts'

/** One call whose answer is one JSON document. Rejects with a `ModelError`, or `signal.reason`. */
export async function ask<Answer>(
  send: Send,
  method: 'get' | 'post',
  path: string,
  options: ClaudeCallOptions,
  reader: FrameReader<Answer>,
): Promise<Answer> {
  const { signal } = options
  signal?.throwIfAborted()
  const call = linkSignal(signal)
  try {
    // A client that is not that of the SDK may not listen to the signal.
    const response = await abortable(send(method, path, { ...options, signal: call.signal }), signal)
    return reader.parse(await abortable(response.text(), signal))
  } catch (error) {
    throw toClaudeError(error, signal)
  } finally {
    call.unlink()
  }
}
