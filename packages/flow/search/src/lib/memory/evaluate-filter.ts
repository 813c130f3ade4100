import type { CheckedBounds, CheckedFilter } from '../checked-request.ts'
import { compareText } from '../compare-text.ts'
import { Bitset } from './bitset.ts'
import type { MemoryStore } from './memory-store.ts'
import type { ValueColumn } from './value-column.ts'

/** The documents that a filter lets through. Filters are at most 32 deep. */
export function evaluateFilter(store: MemoryStore, filter: CheckedFilter): Bitset {
  const { documents } = store
  switch (filter.type) {
    case 'and': {
      const set = documents.live.copy()
      for (const part of filter.filters) set.intersect(evaluateFilter(store, part))
      return set
    }
    case 'or': {
      const set = new Bitset(documents.nextNumber)
      for (const part of filter.filters) set.unite(evaluateFilter(store, part))
      return set
    }
    case 'not': {
      const set = documents.live.copy()
      set.subtract(evaluateFilter(store, filter.filter))
      return set
    }
    default: {
      const set = new Bitset(documents.nextNumber)
      collect(store, filter, set)
      set.intersect(documents.live)
      return set
    }
  }
}

type Condition = Exclude<CheckedFilter, { type: 'and' | 'or' | 'not' }>

function collect(store: MemoryStore, filter: Condition, into: Bitset): void {
  switch (filter.type) {
    case 'ids':
      for (const id of filter.ids) {
        const number = store.documents.numberOf(id)
        if (number !== undefined) into.add(number)
      }
      break
    case 'in': {
      const column = store.columns[filter.field.position] as ValueColumn
      const wanted = filter.values.map((value) => column.rawOf(value)).filter((raw) => raw !== undefined)
      if (wanted.length === 1) column.collectEqual(into, wanted[0] as number)
      else if (wanted.length > 0) column.collect(into, hasOf(wanted))
      break
    }
    case 'range':
      collectRange(store.columns[filter.field.position] as ValueColumn, filter.bounds, into)
      break
    case 'words':
      for (const text of filter.texts) collectWords(store, filter.field.position, text, into)
      break
    case 'exists':
      collectExisting(store, filter.field, into)
      break
  }
}

function hasOf(wanted: readonly number[]): (raw: number) => boolean {
  const set = new Set(wanted)
  return (raw) => set.has(raw)
}

function collectRange(column: ValueColumn, bounds: CheckedBounds, into: Bitset): void {
  if (column.field.type === 'keyword') {
    const within = Uint8Array.from(column.strings, (value) => (isWithin(value, bounds) ? 1 : 0))
    column.collect(into, (raw) => within[raw] === 1)
    return
  }
  const { gt, gte, lt, lte } = bounds as { readonly [Name in keyof CheckedBounds]: number }
  const least = Math.max(gte ?? -Infinity, gt === undefined ? -Infinity : nextNumber(gt))
  const most = Math.min(lte ?? Infinity, lt === undefined ? Infinity : -nextNumber(-lt))
  column.collectBetween(into, least, most)
}

function isWithin(value: string, { gt, gte, lt, lte }: CheckedBounds): boolean {
  return (
    (gt === undefined || compareText(value, String(gt)) > 0) &&
    (gte === undefined || compareText(value, String(gte)) >= 0) &&
    (lt === undefined || compareText(value, String(lt)) < 0) &&
    (lte === undefined || compareText(value, String(lte)) <= 0)
  )
}

const float = new Float64Array(1)
const bits = new BigInt64Array(float.buffer)

/** The least number of 64 bits that is greater. */
function nextNumber(number: number): number {
  float[0] = number === 0 ? 0 : number
  ;(bits[0] as bigint) += number >= 0 ? 1n : -1n
  return float[0]
}

/** The documents that have all words of a text in a field. */
function collectWords(
  { text: index, textNumbers, documents }: MemoryStore,
  position: number,
  text: string,
  into: Bitset,
): void {
  const field = textNumbers[position] as number
  const analyzer = index.analyzers[index.analyzerOf[field] as number]
  const terms = new Set((analyzer?.tokens(text) ?? []).flatMap((token) => analyzer?.term(token) ?? []))
  let having: Bitset | undefined
  for (const term of terms) {
    const own = new Bitset(documents.nextNumber)
    const number = index.vocabulary.numberOf(term)
    if (number !== undefined) collectTerm(index, number, field, own)
    if (having === undefined) having = own
    else having.intersect(own)
  }
  if (having !== undefined) into.unite(having)
}

function collectTerm({ postings }: MemoryStore['text'], term: number, field: number, into: Bitset): void {
  if (term >= postings.termCount) return
  const { keys, fieldBits } = postings
  const mask = (1 << fieldBits) - 1
  for (let at = postings.start(term); at < postings.end(term); at += 1) {
    const key = keys[at] as number
    if ((key & mask) === field) into.add(key >>> fieldBits)
  }
}

function collectExisting(
  store: MemoryStore,
  { type, position }: Extract<CheckedFilter, { type: 'exists' }>['field'],
  into: Bitset,
): void {
  if (type === 'vector') store.vectors[position]?.collect(into)
  else if (type === 'text') store.collectTexts(position, into)
  else store.columns[position]?.collect(into, () => true)
}
