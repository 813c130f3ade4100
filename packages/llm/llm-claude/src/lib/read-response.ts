import { ModelError } from '@empire/llm'
import { createSseParser, type SseEvent } from '@empire/llm/client'
import { cancel, drain } from './drain.ts'
import { frameReaders } from './frame-readers.ts'
import { messageFrames } from './message-frames.ts'

/** Frames that came together at a time, each read when it is asked for. */
type FrameStream = Required<Pick<AsyncIterableIterator<Iterable<unknown>, void>, 'next' | 'return'>> &
  AsyncIterable<Iterable<unknown>>

/**
 * The frames of a response, streamed or whole, as the sender says it is. Leaving early closes the connection. Throws a
 * `ModelError` with `invalid_response` for what cannot be an answer.
 */
export function readResponse(response: Response): FrameStream {
  const type = response.headers.get('content-type') ?? ''
  if (/^application\/json\b/i.test(type)) return readWhole(response)
  const reader = response.body?.getReader()
  if (reader === undefined) throw new ModelError('invalid_response', 'Claude answered with an empty body.')
  if (!/^text\/html\b/i.test(type)) return readStream(reader)
  void cancel(reader)
  const cure = 'Check the address: something between here and the API may have answered.'
  throw new ModelError('invalid_response', `Claude answered with a web page in the place of an answer. ${cure}`)
}

async function* readWhole(response: Response): AsyncGenerator<Iterable<unknown>, void, undefined> {
  yield messageFrames(frameReaders.object.parse(await response.text()))
}

/** By hand: an async generator waits three times for each piece, and pieces are many. */
function readStream(reader: ReadableStreamDefaultReader<Uint8Array>): FrameStream {
  let events: SseEvent[] = []
  const parser = createSseParser({ onEvent: (event) => void events.push(event) })
  let isOver = false
  let isLast = false

  function* readEvents(come: readonly SseEvent[]): Generator<unknown, void, undefined> {
    for (const event of come) {
      const frame = readEvent(event)
      if (frame?.['type'] === 'message_stop') isLast = true
      if (frame !== undefined) yield frame
      if (isLast) return
    }
  }

  async function close(): Promise<{ done: true; value: undefined }> {
    if (!isOver) {
      isOver = true
      if (isLast) void drain(reader)
      else await cancel(reader)
    }
    return { done: true, value: undefined }
  }

  const frames: FrameStream = {
    async next() {
      try {
        while (!isOver && !isLast) {
          const { done, value } = await reader.read()
          isOver = done
          if (value === undefined) parser.end()
          else parser.push(value)
          if (events.length === 0) continue
          const come = events
          events = []
          return { done: false, value: readEvents(come) }
        }
      } catch (error) {
        await close()
        throw error
      }
      return close()
    },
    return: close,
    [Symbol.asyncIterator]: () => frames,
  }
  return frames
}

/** The frame of an event, which has its name where it says no type itself; `undefined` for one that the end has cut. */
function readEvent({ type, data, complete }: SseEvent): Readonly<Record<string, unknown>> | undefined {
  try {
    const frame = frameReaders.object.parse(data)
    return 'type' in frame ? frame : { ...frame, type }
  } catch (error) {
    if (complete) throw error
    return undefined
  }
}
