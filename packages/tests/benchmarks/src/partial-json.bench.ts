import { createPartialJsonParser } from '@empire/json-repair'
import { parse as bestEffort } from 'best-effort-json-parser'
import { jsonrepair } from 'jsonrepair'
import { parse as partialJson } from 'partial-json'
import { measure } from '@empire/test-support/measure'
import type { Table } from './table.ts'

export const description =
  'Partial JSON: 64 KB in pieces of 20 characters, a value after each; ours, partial-json, jsonrepair, best-effort'

const piece = 20

interface Shape {
  readonly title: string
  readonly text: string
  /** With the peers whose time grows so fast that a long document takes them minutes. */
  readonly all?: boolean
}

/** What tools answer, short and long; one long list, one long text, one wide object. */
const shapes: readonly Shape[] = [
  { title: 'A list of records, 16 KB', text: grown(16, record, '{"items": [', ']}'), all: true },
  { title: 'A list of records, 64 KB', text: grown(64, record, '{"items": [', ']}') },
  { title: 'A list of 10,000 numbers, 64 KB', text: grown(64, (index) => String(1000 + (index % 9000)), '[', ']') },
  { title: 'One string, 64 KB', text: grown(64, (index) => `word ${index}`, '{"text": "', '"}') },
  { title: 'An object of 3,000 keys, 64 KB', text: grown(64, (index) => `"key ${index}": ${index}`, '{', '}') },
]

function record(index: number): string {
  return `{"id": ${index}, "name": "Name ${index}", "tags": ["a", "b"], "note": "a \\"quoted\\" word, é", "price": ${index * 1.5}}`
}

function grown(kilobytes: number, entry: (index: number) => string, before: string, after: string): string {
  const entries: string[] = []
  for (let size = 0; size < kilobytes * 1024; size += (entries.at(-1)?.length ?? 0) + 2)
    entries.push(entry(entries.length))
  return `${before}${entries.join(', ')}${after}`
}

export async function run({ quick }: { data?: string | undefined; quick: boolean }): Promise<Table[]> {
  const tables: Table[] = []
  for (const { title, text, all } of shapes) {
    const slow = {
      jsonrepair: () => reparse(text, (prefix) => JSON.parse(jsonrepair(prefix)) as unknown),
      'best-effort-json-parser': () => reparse(text, (prefix) => bestEffort(prefix) as unknown),
    }
    const rows = await measure(
      {
        '@empire/json-repair': () => push(text),
        'partial-json': () => reparse(text, (prefix) => partialJson(prefix)),
        ...(all && slow),
      },
      { samples: quick ? 1 : 5, sampleTime: 1 },
    )
    tables.push({
      title: `${title}, ms per document`,
      columns: ['', 'median', 'fastest', 'to ours'],
      rows: rows.map(({ name, median, fastest, ratio }) => [name, median, fastest, ratio]),
      notes: [`${text.length} characters in pieces of ${piece}. The peers read the whole text so far at each piece.`],
    })
  }
  return tables
}

function push(text: string): unknown {
  const parser = createPartialJsonParser()
  let value: unknown
  for (let at = 0; at < text.length; at += piece) {
    parser.push(text.slice(at, at + piece))
    value = parser.value
  }
  return value
}

function reparse(text: string, read: (prefix: string) => unknown): unknown {
  let value: unknown
  for (let end = piece; end < text.length + piece; end += piece) {
    try {
      value = read(text.slice(0, end))
    } catch {
      // A prefix that a peer refuses has no value to show.
    }
  }
  return value
}
