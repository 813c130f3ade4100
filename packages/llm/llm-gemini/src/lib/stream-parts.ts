import { ModelError, type StreamPart } from '@empire/llm'
import { createSseParser, type SseEvent, toNetworkError } from '@empire/llm/client'
import type { AnswerReader } from './create-answer-reader.ts'
import { frameReader, type GeminiFrame } from './gemini-frame.ts'

/**
 * The parts of a streamed answer. A piece of the body is read when the parts of the one before are taken; the connection
 * is closed whichever way this ends.
 *
 * @param hide Takes the key out of what goes into errors.
 */
export async function* streamParts(
  response: Response,
  answer: AnswerReader,
  hide: (text: string) => string,
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
      for (const event of events.splice(0)) yield* answer.read(parse(event, hide))
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

function parse({ data, complete }: SseEvent, hide: (text: string) => string): GeminiFrame {
  let failure: unknown
  try {
    const frame = frameReader.parse(data)
    if (!frame.error) return frame
  } catch (cause) {
    if (!complete) throw new ModelError('interrupted', 'The stream of Gemini broke off within a frame.', { cause })
    failure = cause
  }
  // Errors hold what came, and that must not be the key.
  const hidden = frameReader.parse(hide(data))
  if (hidden.error) return hidden
  throw failure
}
