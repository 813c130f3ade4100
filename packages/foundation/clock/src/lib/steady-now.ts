import type { Clock } from './clock.ts'

/** The time of `clock` without its steps backwards: after one it goes on from where it was. */
export function steadyNow(clock: Clock): () => number {
  let latest = -Infinity
  let behind = 0
  return () => {
    const now = clock.now()
    if (now + behind < latest) behind = latest - now
    return (latest = now + behind)
  }
}
