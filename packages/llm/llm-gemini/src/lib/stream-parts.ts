import { linkSignal } from '@empire/clock'
import { ModelError, type StreamPart } from '@empire/llm'
import { createSseParser, type SseEvent, toNetworkError } from '@empire/llm/client'
import type { AnswerReader } from './create-answer-reader.ts'
import { frameReader, type GeminiFrame } from './gemini-frame.ts'

/** How a streamed answer comes about. */
export interface AnswerStream {
  /** Asks for it. The signal gets listeners that stay; there is none where the caller has none. */
  readonly open: (signal: AbortSignal | undefined) => Promise<Response>
  readonly answer: AnswerReader
  /** Takes the key out of what goes into errors. */
  readonly hide: (text: string) => string
  readonly signal: AbortSignal | undefined
}

/**
 * The parts of a streamed answer. A piece of the body is read when the parts of the one before are taken; the connection
 * is closed whichever way this ends.
 */
export async function* streamParts(stream: AnswerStream): AsyncGenerator<StreamPart, void, undefined> {
  const { answer, hide } = stream
  const link = stream.signal === undefined ? undefined : linkSignal(stream.signal)
  const signal = link?.signal
  const events: SseEvent[] = []
  const parser = createSseParser({ onEvent: (event) => events.push(event) })
  let body: ReadableStreamDefaultReader<Uint8Array> | undefined
  try {
    body = (await stream.open(signal)).body?.getReader()
    for (let ended = body === undefined; !ended;) {
      const piece = await read(body, signal)
      if (piece === undefined) {
        ended = true
        body = undefined
        parser.end()
      } else parser.push(piece)
      // Loops, for delegating costs several promises a part.
      for (const event of events.splice(0)) for (const part of answer.read(parse(event, hide))) yield part
    }
    for (const part of answer.end()) yield part
  } finally {
    link?.unlink()
    // A body that has failed says so once more.
    await body?.cancel().catch(() => {})
  }
}

async function read(
  body: ReadableStreamDefaultReader<Uint8Array> | undefined,
  signal: AbortSignal | undefined,
): Promise<Uint8Array | undefined> {
  try {
    return (await body?.read())?.value
  } catch (error) {
    throw toNetworkError('Gemini', error, signal)
  }
}

function parse({ data, complete }: SseEvent, hide: (text: string) => string): GeminiFrame {
  try {
    return frameReader.parse(data)
  } catch (failure) {
    if (!complete) throw new ModelError('interrupted', 'The stream of Gemini broke off within a frame.')
    // Errors hold what came, and that must not be the key.
    frameReader.parse(hide(data))
    throw failure
  }
}
