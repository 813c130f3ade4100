import type { DeadLetter, DeadLetterStore } from './dead-letter.ts'
import { matchesFilter } from './matches-filter.ts'

/** Dead letters in memory: for one process. */
export function createMemoryDeadLetters(): DeadLetterStore {
  const letters = new Map<string, DeadLetter>()
  return Object.freeze({
    put(letter) {
      letters.delete(letter.id)
      letters.set(letter.id, Object.freeze({ ...letter }))
    },
    get: (id) => letters.get(id),
    *list(filter = {}) {
      for (const letter of letters.values()) if (matchesFilter(letter, filter)) yield letter
    },
    purge(filter = {}) {
      let purged = 0
      for (const letter of letters.values()) {
        if (!matchesFilter(letter, filter)) continue
        letters.delete(letter.id)
        purged++
      }
      return purged
    },
    close() {},
  } satisfies DeadLetterStore)
}
