import { type ContentHash, hashText } from './content-hash.ts'
import type { RecordStore, StoredStep } from './record-store.ts'

/** A store that lasts as long as the process. */
export function createMemoryStore(): RecordStore {
  const steps: StoredStep[] = []
  const known = new Set<ContentHash>()
  let previous: ContentHash | null = null
  return Object.freeze<RecordStore>({
    append({ textAfter, contents }) {
      const text = textAfter(previous)
      const added = contents.filter(({ hash }) => !known.has(hash))
      for (const { hash } of added) known.add(hash)
      previous = hashText(text)
      steps.push({ place: `step ${steps.length + 1}`, text, hash: previous, contents: added })
    },
    read: () => steps.values(),
    close() {},
  })
}
