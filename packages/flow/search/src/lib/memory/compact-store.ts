import { sleep } from '@empire/clock'
import type { CheckedValue } from '../checked-document.ts'
import { MemoryStore } from './memory-store.ts'

/** Postings or documents copied at a stretch: some milliseconds. */
const stretch = 100_000

/**
 * A copy without the removed documents and the terms that no document is left of. One of more than a stretch is made bit by bit, and
 * the process does other work in between; the original must not be written to meanwhile.
 */
export function compactStore(store: MemoryStore, signal: AbortSignal | undefined): MemoryStore | Promise<MemoryStore> {
  const steps = copySteps(store)
  const first = steps.next()
  return first.done === true ? first.value : finish(steps, signal)
}

async function finish(steps: Generator<void, MemoryStore>, signal: AbortSignal | undefined): Promise<MemoryStore> {
  while (true) {
    await sleep(0, { signal })
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

function* copySteps(store: MemoryStore): Generator<void, MemoryStore> {
  const { documents, text } = store
  const numbers = documents.live.numbers()
  const newNumbers = new Uint32Array(documents.nextNumber).fill(gone)
  for (const [at, number] of numbers.entries()) newNumbers[number] = at
  const newNumber = (number: number): number | undefined => {
    const renumbered = newNumbers[number] as number
    return renumbered === gone ? undefined : renumbered
  }

  let work = 0
  const newTerms = new Map<number, number>()
  const target = new MemoryStore(store.schema)
  for (let term = 0; term < text.postings.termCount; term += 1) {
    const renumbered = target.text.postings.copyTerm(text.postings, term, newNumber)
    if (renumbered !== undefined) newTerms.set(term, renumbered)
    work += text.postings.end(term) - text.postings.start(term) + 1
    if (work > stretch) {
      work = 0
      yield
    }
  }
  target.text.adopt(text.vocabulary.renumbered((term) => newTerms.get(term)))
  for (const number of numbers) {
    work += 10 * copyDocument(store, number, target, newTerms)
    if (work <= stretch) continue
    work = 0
    yield
  }
  return target
}

const gone = 0xffffffff

/** Adds a document of another store, and says how many fields it has. */
function copyDocument(
  store: MemoryStore,
  number: number,
  target: MemoryStore,
  newTerms: ReadonlyMap<number, number>,
): number {
  const { documents, schema } = store
  const copied = target.documents.add(documents.idOf(number) as string)
  target.documents.publish(copied)
  for (const field of schema.fields) {
    const { position } = field
    if (field.type === 'text') {
      const own = store.textNumbers[position] as number
      const key = ((number << documents.fieldBits) | own) >>> 0
      const copiedKey = ((copied << documents.fieldBits) | own) >>> 0
      store.text.stream.copyRun(key, target.text.stream, copiedKey, (term) => newTerms.get(term) as number)
      target.documents.setLength(copied, own, documents.lengths[key] as number)
      target.texts[position]?.push(store.texts[position]?.[number])
    } else if (field.type === 'vector') {
      target.vectors[position]?.add(store.vectors[position]?.valueOf(number))
    } else {
      target.columns[position]?.add(store.columns[position]?.valuesOf(number) as Exclude<CheckedValue, Float32Array>[])
    }
  }
  return schema.fields.length
}
