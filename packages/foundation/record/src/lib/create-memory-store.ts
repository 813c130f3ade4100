import { type ContentHash, hashText } from './content-hash.ts'
import type { Content, RecordStore, StoredStep } from './record-store.ts'

type KeptStep = Omit<StoredStep, 'place'>

/** A store that lasts as long as the process. */
export function createMemoryStore(): RecordStore {
  const steps: KeptStep[] = []
  const known = new Set<ContentHash>()
  let previous: ContentHash | null = null
  return Object.freeze<RecordStore>({
    append({ textAfter, contents }) {
      const text = textAfter(previous)
      previous = hashText(text)
      steps.push({ text, hash: previous, contents: contents.length === 0 ? contents : keep(contents) })
    },
    *read() {
      for (const [index, step] of steps.entries()) yield { place: `step ${index + 1}`, ...step }
    },
    close() {},
  })

  function keep(contents: readonly Content[]): readonly Content[] {
    const added = contents.filter(({ hash }) => !known.has(hash))
    for (const { hash } of added) known.add(hash)
    return added
  }
}
