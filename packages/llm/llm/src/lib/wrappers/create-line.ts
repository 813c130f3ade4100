import type { PartSink, PartSource } from '../stream/part-source.ts'
import type { StreamPart } from '../stream-part.ts'

/** Parts that come, and one who pulls them. What comes after the end, or after an `interrupted` part, is not heard. */
export interface Line extends PartSource {
  readonly ended: boolean
  push(part: StreamPart): void
  end(): void
  fail(error: unknown): void
}

export function createLine(): Line {
  const parts: StreamPart[] = []
  let delivered = 0
  /** How it has ended. */
  let last: ((sink: PartSink) => void) | undefined
  let waiting: PartSink | undefined

  /** Answers who waits, if there is an answer. */
  function answer(): void {
    if (waiting === undefined) return
    const sink = waiting
    const part = parts[delivered]
    if (part === undefined && last === undefined) return
    waiting = undefined
    if (part === undefined) return last?.(sink)
    delivered++
    sink.part(part)
  }

  function end(how: (sink: PartSink) => void): void {
    last ??= how
    answer()
  }

  return {
    get ended() {
      return last !== undefined
    },
    push(part) {
      if (last !== undefined) return
      parts.push(part)
      if (part.type === 'interrupted') last = (sink) => sink.end()
      answer()
    },
    end: () => end((sink) => sink.end()),
    fail: (error) => end((sink) => sink.fail(error)),
    pull(sink) {
      waiting = sink
      answer()
    },
    close() {
      waiting = undefined
    },
  }
}
