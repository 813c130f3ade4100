import { linkSignal } from '@empire/clock'
import { ModelError, type StreamPart } from '@empire/llm'
import { createSseParser, type PartBatches, type SseEvent, streamBatches, toNetworkError } from '@empire/llm/client'
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
export function streamParts(stream: AnswerStream): AsyncIterable<StreamPart> {
  return streamBatches(() => answerBatches(stream))
}

function answerBatches(stream: AnswerStream): PartBatches {
  const link = stream.signal === undefined ? undefined : linkSignal(stream.signal)
  const signal = link?.signal
  let events: SseEvent[] = []
  const parser = createSseParser({ onEvent: (event) => void events.push(event) })
  let isOpen = false
  let body: ReadableStreamDefaultReader<Uint8Array> | undefined
  let isOver = false
  return {
    async next() {
      if (isOver) return undefined
      if (!isOpen) {
        isOpen = true
        body = (await stream.open(signal)).body?.getReader()
      }
      const piece = await read(body, signal)
      if (piece === undefined) {
        isOver = true
        body = undefined
        parser.end()
      } else parser.push(piece)
      const come = events
      events = []
      return readEvents(come, stream, isOver)
    },
    async close() {
      link?.unlink()
      // A body that has failed says so once more.
      await body?.cancel().catch(() => {})
    },
  }
}

function* readEvents(
  events: readonly SseEvent[],
  { answer, hide }: AnswerStream,
  areLast: boolean,
): Generator<StreamPart, void, undefined> {
  for (const event of events) yield* answer.read(parse(event, hide))
  if (areLast) yield* answer.end()
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
