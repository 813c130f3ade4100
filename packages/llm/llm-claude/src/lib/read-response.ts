import { ModelError } from '@empire/llm'
import { createSseParser, type SseEvent } from '@empire/llm/client'
import { cancel, drain } from './drain.ts'
import { frameReaders, type Typed } from './frame-readers.ts'
import { messageFrames } from './message-frames.ts'

/**
 * The frames of a response, streamed or whole, as the sender says it is. Each is made when it is pulled. Leaving early
 * closes the connection.
 */
export async function* readResponse(response: Response): AsyncGenerator<unknown, void, undefined> {
  if (/^application\/json\b/i.test(response.headers.get('content-type') ?? '')) {
    yield* messageFrames(frameReaders.frame.parse(await response.text()))
    return
  }
  const reader = response.body?.getReader()
  if (reader === undefined) throw new ModelError('invalid_response', 'Claude answered with an empty body.')
  const events: SseEvent[] = []
  const parser = createSseParser({ onEvent: (event) => void events.push(event) })
  let isOver = false
  try {
    while (!isOver) {
      const { done, value } = await reader.read()
      isOver = done
      if (value === undefined) parser.end()
      else parser.push(value)
      for (const event of events.splice(0)) {
        const frame = readEvent(event)
        if (frame === undefined) return
        if (frame.type !== 'message_stop') {
          yield frame
          continue
        }
        if (!isOver) void drain(reader)
        isOver = true
        yield frame
        return
      }
    }
  } finally {
    if (!isOver) await cancel(reader)
  }
}

/** The frame of an event, which has its name where it says no type itself; `undefined` for one that the end has cut. */
function readEvent({ type, data, complete }: SseEvent): Typed | undefined {
  try {
    return frameReaders.frame.check({ type, ...frameReaders.object.parse(data) })
  } catch (error) {
    if (complete) throw error
    return undefined
  }
}
