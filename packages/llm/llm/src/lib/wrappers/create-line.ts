import type { StreamPart } from '../stream-part.ts'

/** Parts that come, and one who waits for them. */
export interface Line {
  readonly parts: readonly StreamPart[]
  /** Whether the parts come from here, and not from another caller or the cache. */
  readonly opened: boolean
  readonly ended: boolean
  open(): void
  push(part: StreamPart): void
  end(): void
  /** Resolves with the next part, or the end. */
  changed(): Promise<void>
}

export function createLine(): Line {
  const parts: StreamPart[] = []
  let opened = false
  let ended = false
  let wake: (() => void) | undefined
  return {
    parts,
    get opened() {
      return opened
    },
    get ended() {
      return ended
    },
    open() {
      opened = true
    },
    push(part: StreamPart) {
      parts.push(part)
      wake?.()
    },
    end() {
      ended = true
      wake?.()
    },
    changed: () => new Promise<void>((resolve) => (wake = resolve)),
  }
}
