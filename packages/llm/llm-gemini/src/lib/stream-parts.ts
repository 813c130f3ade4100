import { ModelError, type StreamPart } from '@empire/llm'
import { createSseParser, type SseEvent, toNetworkError } from '@empire/llm/client'
import type { AnswerReader } from './create-answer-reader.ts'
import { frameReader, type GeminiFrame } from './gemini-frame.ts'

/**
 * The parts of a streamed answer. A piece of the body is read when the parts of the one before are taken; the connection
 * is closed whichever way this ends.
 */
export async function* streamParts(
  response: Response,
  answer: AnswerReader,
  signal: AbortSignal | undefined,
): AsyncGenerator<StreamPart, void, undefined> {
  if (response.body === null) return
  const events: SseEvent[] = []
  const parser = createSseParser({ onEvent: (event) => events.push(event) })
  const body = response.body.getReader()
  let ended = false
  try {
    while (!ended) {
      const piece = await read(body, signal)
      ended = piece === undefined
      if (piece === undefined) parser.end()
      else parser.push(piece)
      for (const event of events.splice(0)) yield* answer.read(parse(event))
    }
    yield* answer.end()
  } finally {
    // A body that has failed says so once more.
    if (!ended) await body.cancel().catch(() => {})
  }
}

async function read(
  body: ReadableStreamDefaultReader<Uint8Array>,
  signal: AbortSignal | undefined,
): Promise<Uint8Array | undefined> {
  try {
    return (await body.read()).value
  } catch (error) {
    throw toNetworkError('Gemini', error, signal)
  }
}

function parse({ data, complete }: SseEvent): GeminiFrame {
  try {
    return frameReader.parse(data)
  } catch (cause) {
    if (complete) throw cause
    throw new ModelError('interrupted', 'The stream of Gemini broke off within a frame.', { cause })
  }
}
