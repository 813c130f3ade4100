import type { CheckedSchema } from '../checked-schema.ts'
import { MemoryStore } from '../memory/memory-store.ts'
import { notIndexed } from '../memory/vocabulary.ts'

/** The store whose sections were kept. */
export function restoreStore(schema: CheckedSchema, sections: ReadonlyMap<string, ArrayBuffer>): MemoryStore {
  const store = new MemoryStore(schema)
  restoreDocuments(store, sections)
  restoreText(store, sections)
  for (const { position, type } of schema.fields) {
    const column = store.columns[position]
    column?.restore(
      new Uint32Array(take(sections, `column ${position} ends`)),
      new Float64Array(take(sections, `column ${position} values`)),
      strings(sections, `column ${position} strings`) as string[],
    )
    restoreVectors(store, position, sections)
    if (type !== 'text') continue
    const texts = store.texts[position] as (string | readonly string[] | undefined)[]
    for (const value of strings(sections, `texts ${position}`)) texts.push(value ?? undefined)
  }
  return store
}

function restoreDocuments({ documents, text }: MemoryStore, sections: ReadonlyMap<string, ArrayBuffer>): void {
  const lengths = new Uint32Array(take(sections, 'lengths'))
  for (const id of strings(sections, 'ids') as string[]) {
    const number = documents.add(id)
    documents.publish(number)
    for (const field of text.fields.keys()) {
      documents.setLength(number, field, lengths[(number << documents.fieldBits) | field] as number)
    }
  }
}

function restoreText({ text }: MemoryStore, sections: ReadonlyMap<string, ArrayBuffer>): void {
  const ends = new Float64Array(take(sections, 'postings ends'))
  const keys = new Uint32Array(take(sections, 'postings keys'))
  const occurrences = new Uint16Array(take(sections, 'postings occurrences'))
  let start = 0
  for (const end of ends) {
    text.postings.restoreTerm(keys.subarray(start, end), occurrences.subarray(start, end))
    start = end
  }
  text.stream.restore(new Uint8Array(take(sections, 'stream bytes')), new Uint32Array(take(sections, 'stream ends')))
  const tokens = text.analyzers.map((_, analyzer) => {
    const terms = new Uint32Array(take(sections, `tokens ${analyzer} terms`))
    return (strings(sections, `tokens ${analyzer}`) as string[]).map(
      (token, at) => [token, (terms[at] as number) + notIndexed] as const,
    )
  })
  text.vocabulary.restore(strings(sections, 'terms') as string[], tokens)
}

function restoreVectors(store: MemoryStore, position: number, sections: ReadonlyMap<string, ArrayBuffer>): void {
  const vectors = store.vectors[position]
  if (vectors === undefined) return
  const { dimensions } = vectors.field
  const owners = new Uint32Array(take(sections, `vectors ${position} owners`))
  const numbers = new Float32Array(take(sections, `vectors ${position} numbers`))
  let row = 0
  for (let document = 0; document < store.documents.nextNumber; document += 1) {
    const isOwner = owners[row] === document
    vectors.add(isOwner ? numbers.subarray(row * dimensions, (row + 1) * dimensions) : undefined)
    if (isOwner) row += 1
  }
}

function take(sections: ReadonlyMap<string, ArrayBuffer>, name: string): ArrayBuffer {
  const bytes = sections.get(name)
  if (bytes === undefined) throw new Error(`The section "${name}" is missing.`)
  return bytes
}

function strings(sections: ReadonlyMap<string, ArrayBuffer>, name: string): (string | readonly string[] | null)[] {
  const values: (string | readonly string[] | null)[] = []
  for (let part = 0; sections.has(`${name} ${part}`); part += 1) {
    const own = JSON.parse(new TextDecoder().decode(sections.get(`${name} ${part}`))) as typeof values
    for (const value of own) values.push(value)
  }
  return values
}
