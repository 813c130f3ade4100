import { linkSignal } from '@empire/clock'
import type { StreamPart } from '@empire/llm'
import { type PartBatches, streamBatches } from '@empire/llm/client'
import { type AnswerReader, createAnswerReader } from './create-answer-reader.ts'
import type { Send } from './create-send.ts'
import { readLimits } from './read-limits.ts'
import { type FrameBatches, readResponse } from './read-response.ts'
import { toClaudeError } from './to-claude-error.ts'
import { versionHeaders } from './version-headers.ts'
import type { ClaudeBody } from './write-body.ts'

/** Sends a request for a message and gives its parts. Whichever way this ends, the connection is closed or free again. */
export function streamAnswer(send: Send, body: ClaudeBody, signal: AbortSignal | undefined): AsyncIterable<StreamPart> {
  return streamBatches(() => answerBatches(send, body, signal))
}

function answerBatches(send: Send, body: ClaudeBody, signal: AbortSignal | undefined): PartBatches {
  const call = signal === undefined ? undefined : linkSignal(signal)
  let frames: FrameBatches | undefined
  let reader: AnswerReader
  // A client that is not that of the SDK may not listen to the signal, and then no read would end.
  call?.signal.addEventListener('abort', () => void frames?.close())

  async function open(): Promise<Iterable<StreamPart>> {
    const headers = versionHeaders([body])
    const stream = body['stream'] === true
    const response = await send('post', '/v1/messages', { body, headers, signal: call?.signal, stream })
    reader = createAnswerReader(response.headers.get('request-id') ?? undefined)
    frames = readResponse(response)
    signal?.throwIfAborted()
    const limits = readLimits(response.headers)
    return limits === undefined ? [] : [{ type: 'limits', limits }]
  }

  return {
    async next() {
      try {
        if (frames === undefined) return await open()
        const come = await frames.next()
        return come === undefined ? undefined : readFrames(come, reader)
      } catch (error) {
        throw toClaudeError(error, signal)
      }
    },
    async close() {
      call?.unlink()
      await frames?.close()
    },
  }
}

function* readFrames(frames: Iterable<unknown>, reader: AnswerReader): Generator<StreamPart, void, undefined> {
  for (const frame of frames) yield* reader.read(frame)
}
