import type { MemoryStore } from '../memory/memory-store.ts'
import { notIndexed } from '../memory/vocabulary.ts'
import type { Section } from './index-file.ts'

/** As many characters of strings as one section holds, or one string. */
const most = 4_000_000

/** What of a store has to be kept. It must have no removed documents. */
export function* storeSections(store: MemoryStore): Generator<Section> {
  const { documents, text, schema } = store
  const count = documents.nextNumber
  yield* strings(
    'ids',
    Array.from({ length: count }, (_, number) => documents.idOf(number) as string),
  )
  yield numbers('lengths', documents.lengths.subarray(0, count << documents.fieldBits))
  yield* textSections(store)
  for (const { position, type } of schema.fields) {
    const column = store.columns[position]
    if (column !== undefined) {
      yield numbers(`column ${position} ends`, column.ends)
      yield numbers(`column ${position} values`, Float64Array.from(column.raw))
      yield* strings(`column ${position} strings`, column.strings)
    }
    const vectors = store.vectors[position]
    if (vectors !== undefined) {
      yield numbers(
        `vectors ${position} owners`,
        Uint32Array.from({ length: vectors.count }, (_, row) => vectors.ownerOf(row)),
      )
      yield numbers(`vectors ${position} numbers`, vectors.vectorsOf(0, vectors.count))
    }
    if (type === 'text')
      yield* strings(
        `texts ${position}`,
        (store.texts[position] ?? []).map((texts) => texts ?? null),
      )
  }
  yield* strings(
    'terms',
    Array.from({ length: text.vocabulary.size }, (_, number) => text.vocabulary.term(number)),
  )
}

function* textSections({ text }: MemoryStore): Generator<Section> {
  const { postings, stream, vocabulary, analyzers } = text
  const ends = new Float64Array(postings.termCount)
  let total = 0
  for (let term = 0; term < postings.termCount; term += 1)
    ends[term] = total += postings.end(term) - postings.start(term)
  const keys = new Uint32Array(total)
  const occurrences = new Uint16Array(total)
  for (let term = 0; term < postings.termCount; term += 1) {
    const at = term === 0 ? 0 : (ends[term - 1] as number)
    keys.set(postings.keys.subarray(postings.start(term), postings.end(term)), at)
    occurrences.set(postings.occurrences.subarray(postings.start(term), postings.end(term)), at)
  }
  yield numbers('postings ends', ends)
  yield numbers('postings keys', keys)
  yield numbers('postings occurrences', occurrences)
  yield numbers('stream bytes', stream.parts.bytes)
  yield numbers('stream ends', stream.parts.ends)
  for (const analyzer of analyzers.keys()) {
    const tokens = vocabulary.tokens(analyzer)
    const places = Array.from({ length: tokens.size }, (_, at) => at)
    yield* strings(
      `tokens ${analyzer}`,
      places.map((at) => tokens.token(at)),
    )
    yield numbers(
      `tokens ${analyzer} terms`,
      Uint32Array.from(places, (at) => tokens.value(at) - notIndexed),
    )
  }
}

function numbers(name: string, array: ArrayBufferView): Section {
  return { name, bytes: new Uint8Array(array.buffer, array.byteOffset, array.byteLength) }
}

/** Strings in JSON, in as many sections as they need: no text of the platform is longer than some hundred million characters. */
function* strings(name: string, values: readonly (string | readonly string[] | null)[]): Generator<Section> {
  let start = 0
  let part = 0
  do {
    let end = start
    let size = 0
    while (end < values.length && size < most) size += JSON.stringify(values[end++]).length
    yield { name: `${name} ${part++}`, bytes: new TextEncoder().encode(JSON.stringify(values.slice(start, end))) }
    start = end
  } while (start < values.length)
}
