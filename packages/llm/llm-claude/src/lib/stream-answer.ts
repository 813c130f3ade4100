import { linkSignal } from '@empire/clock'
import type { StreamPart } from '@empire/llm'
import { createAnswerReader } from './create-answer-reader.ts'
import type { Send } from './create-send.ts'
import { readLimits } from './read-limits.ts'
import { readResponse } from './read-response.ts'
import { toClaudeError } from './to-claude-error.ts'
import { versionHeaders } from './version-headers.ts'
import type { ClaudeBody } from './write-body.ts'

/** Sends a request for a message and gives its parts. Whichever way this ends, the connection is closed or free again. */
export async function* streamAnswer(
  send: Send,
  body: ClaudeBody,
  signal: AbortSignal | undefined,
): AsyncGenerator<StreamPart, void, undefined> {
  const call = linkSignal(signal)
  try {
    const headers = versionHeaders([body])
    const stream = body['stream'] === true
    const response = await send('post', '/v1/messages', { body, headers, signal: call.signal, stream })
    let limits = readLimits(response.headers)
    const reader = createAnswerReader(response.headers.get('request-id') ?? undefined)
    for await (const frames of readResponse(response)) {
      // Not before the loop, which closes the connection for whoever leaves here.
      if (limits !== undefined) yield { type: 'limits', limits }
      limits = undefined
      // No `yield*`: in an async generator it waits twice for each part of a list.
      for (const frame of frames) for (const part of reader.read(frame)) yield part
    }
  } catch (error) {
    throw toClaudeError(error, signal)
  } finally {
    call.unlink()
  }
}
