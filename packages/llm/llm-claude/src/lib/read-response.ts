import { ModelError } from '@empire/llm'
import { createSseParser, type SseEvent } from '@empire/llm/client'
import { cancel, drain } from './drain.ts'
import { frameReaders } from './frame-readers.ts'
import { messageFrames } from './message-frames.ts'

/** Frames that came together at a time, each read when it is asked for. */
export interface FrameBatches {
  /** `undefined` at the end. */
  next(): Promise<Iterable<unknown> | undefined>
  /** Frees the connection behind the last frame, and closes it before. */
  close(): Promise<void>
}

/**
 * The frames of a response, streamed or whole, as the sender says it is. Throws a `ModelError` with `invalid_response` for
 * what cannot be an answer.
 */
export function readResponse(response: Response): FrameBatches {
  const type = response.headers.get('content-type') ?? ''
  if (/^application\/json\b/i.test(type)) return readWhole(response)
  const reader = response.body?.getReader()
  if (reader === undefined) throw new ModelError('invalid_response', 'Claude answered with an empty body.')
  if (!/^text\/html\b/i.test(type)) return readStream(reader)
  void cancel(reader)
  const cure = 'Check the address: something between here and the API may have answered.'
  throw new ModelError('invalid_response', `Claude answered with a web page in the place of an answer. ${cure}`)
}

function readWhole(response: Response): FrameBatches {
  let isRead = false
  return {
    async next() {
      if (isRead) return undefined
      isRead = true
      return messageFrames(frameReaders.object.parse(await response.text()))
    },
    async close() {
      if (!isRead) await response.body?.cancel().catch(() => {})
    },
  }
}

function readStream(reader: ReadableStreamDefaultReader<Uint8Array>): FrameBatches {
  let events: SseEvent[] = []
  const parser = createSseParser({ onEvent: (event) => void events.push(event) })
  const state = { isOver: false, isLast: false }
  return {
    async next() {
      while (!state.isOver && !state.isLast) {
        const { done, value } = await reader.read()
        state.isOver = done
        if (value === undefined) parser.end()
        else parser.push(value)
        if (events.length === 0) continue
        const come = events
        events = []
        return readEvents(come, state)
      }
      return undefined
    },
    async close() {
      if (state.isOver) return
      state.isOver = true
      if (state.isLast) void drain(reader)
      else await cancel(reader)
    },
  }
}

function* readEvents(events: readonly SseEvent[], state: { isLast: boolean }): Generator<unknown, void, undefined> {
  for (const event of events) {
    const frame = readEvent(event)
    if (frame?.['type'] === 'message_stop') state.isLast = true
    if (frame !== undefined) yield frame
    if (state.isLast) return
  }
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
