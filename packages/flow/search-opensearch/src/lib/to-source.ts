import type { CheckedDocument, CheckedSchema, CheckedTextField, CheckedValue } from '@empire/search/backend'
import { fieldKey } from './field-path.ts'
import { everyDocument, hole, termLines } from './term-lines.ts'

/** A document as the index takes it. */
export function toSource({ fields }: CheckedSchema, { id, values: given }: CheckedDocument): object {
  const has: string[] = []
  const texts: Record<string, unknown> = {}
  const values: Record<string, unknown> = {}
  const absent: Record<string, 0 | 1> = {}
  const terms: Record<string, readonly string[]> = {}
  const words: Record<string, string> = {}
  // The sign of every document: so the engine knows how many there are.
  const every = new Set<string>([everyDocument])
  for (const field of fields) {
    const own = given[field.position] as readonly CheckedValue[]
    const key = fieldKey(field.name)
    if (own.length > 0) has.push(key)
    if (field.type === 'text') {
      if (own.length === 0) continue
      if (field.stored) texts[key] = own
      const lines = readLines(field, own as readonly string[])
      terms[key] = lines.terms
      words[key] = lines.words
      for (const text of lines.terms) for (const term of text.split('\n')) if (term !== hole) every.add(term)
      continue
    }
    if (field.type !== 'vector') absent[key] = own.length === 0 ? 1 : 0
    if (own.length > 0) values[key] = field.type === 'vector' ? Array.from(own[0] as Float32Array) : own
  }
  return { id, has, texts, values, absent, terms, words, every: [...every].join('\n') }
}

function readLines({ analyzer }: CheckedTextField, texts: readonly string[]): { terms: string[]; words: string } {
  const all = new Set<string>()
  const terms = texts.map((text) => {
    const lines = termLines(analyzer, text)
    for (const word of lines.words) all.add(word)
    return lines.terms
  })
  return { terms, words: [...all].join('\n') }
}
