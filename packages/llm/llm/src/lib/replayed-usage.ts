import type { Usage } from './usage.ts'

const replayed = new WeakSet<Usage>()

/** Marks the usage of an answer that was given again: it was paid for before, and counts towards no limit. */
export function markReplayed(usage: Usage): void {
  replayed.add(usage)
}

/** Whether a usage is that of an answer that was given again. */
export function isReplayed(usage: Usage): boolean {
  return replayed.has(usage)
}
