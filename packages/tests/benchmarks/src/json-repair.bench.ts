import { isDeepStrictEqual } from 'node:util'
import { repairJson } from '@empire/json-repair'
import { disableErrorLogging, parse as parseBestEffort } from 'best-effort-json-parser'
import { parse as parseDirty } from 'dirty-json'
import { jsonrepair } from 'jsonrepair'
import { parse as parsePartial } from 'partial-json'
import { breakages } from './json-breakages.ts'
import { measure } from '@empire/test-support/measure'
import type { Table } from './table.ts'

export const description =
  'JSON repair: valid, cut and broken texts; ours, jsonrepair, partial-json, best-effort, dirty-json'

const ours = '@empire/json-repair'

const peers: Readonly<Record<string, (text: string) => unknown>> = {
  [ours]: (text) => repairJson(text).value,
  jsonrepair: (text) => JSON.parse(jsonrepair(text)) as unknown,
  'partial-json': parsePartial,
  'best-effort-json-parser': parseBestEffort,
  'dirty-json': parseDirty,
}

export async function run({ quick }: { data?: string | undefined; quick: boolean }): Promise<Table[]> {
  disableErrorLogging()
  const size = quick ? 100_000 : 1_000_000
  const samples = quick ? 3 : 15
  const valid = document(size, (record) => record)
  const broken = document(size, breakEach())
  const twice = document(size * 2, breakEach())
  return [
    await speed('Valid, 1 MB, ms', samples, {
      'JSON.parse': () => JSON.parse(valid),
      ...only([ours, 'partial-json', 'jsonrepair'], valid),
    }),
    await speed('Cut, 1 MB, ms', samples, only(['partial-json', ours, 'jsonrepair'], valid.slice(0, -37))),
    await speed(
      'Broken, 1 MB with a defect every 450 bytes, ms',
      quick ? 3 : 5,
      {
        ...only([ours], broken),
        [`${ours}, 2 MB`]: () => repairJson(twice),
        ...only(['best-effort-json-parser'], broken),
      },
      'partial-json and dirty-json give up; jsonrepair is quadratic and measured on its own below.',
    ),
    quadratic(quick ? 50_000 : 250_000),
    await speed(
      '100,000 open brackets, ms',
      quick ? 3 : 5,
      {
        ...only([ours, 'partial-json'], '['.repeat(100_000)),
        [`${ours}, objects`]: () => repairJson('{"a":'.repeat(100_000)),
      },
      'jsonrepair and best-effort-json-parser overflow the stack.',
    ),
    readRight(),
  ]
}

/** Records of some 230 characters, joined to a document of at least `size` characters. */
function document(size: number, change: (record: string) => string): string {
  const records: string[] = []
  let length = 0
  for (let id = 0; length < size; id++) {
    const record = JSON.stringify({
      id,
      name: `Person number ${id}`,
      tags: ['alpha', 'beta', 'gamma'],
      active: id % 2 === 0,
      score: id * 1.25,
      notes: 'Some text with "quotes" and a line\nbreak, and commas, too.',
      nested: { x: id, y: null, deep: { z: [1, 2, 3] } },
    })
    records.push(change(record))
    length += record.length + 1
  }
  return `[${records.join(',')}]`
}

const defects: readonly ((record: string) => string)[] = [
  (record) => record.replace('"id"', 'id'),
  (record) => record.replace(',"name"', ' "name"'),
  (record) => record.replace('true', 'True').replace('false', 'False'),
  (record) => record.replace('"beta"', "'beta'"),
  (record) => record.replace('}}}', '}}'),
  (record) => record.replace(String.raw`\"quotes\"`, '"quotes"'),
  (record) => record.replace('[1,2,3]', '[1,2,3,]'),
]

function breakEach(): (record: string) => string {
  let since = 0
  let next = 0
  return (record) => {
    since += record.length
    if (since < 450) return record
    since -= 450
    return defects[next++ % defects.length]?.(record) ?? record
  }
}

function only(names: readonly string[], text: string): Record<string, () => unknown> {
  return Object.fromEntries(names.map((name) => [name, () => peers[name]?.(text)]))
}

async function speed(
  title: string,
  samples: number,
  candidates: Record<string, () => unknown>,
  note?: string,
): Promise<Table> {
  const rows = await measure(candidates, { samples })
  return {
    title,
    columns: ['', 'median', 'fastest', 'to the first'],
    rows: rows.map(({ name, median, fastest, ratio }) => [name, median, fastest, ratio]),
    ...(note === undefined ? {} : { notes: [note] }),
  }
}

/** jsonrepair on broken text takes too long at 1 MB to be measured in turns. */
function quadratic(size: number): Table {
  const rows = [size, size * 2].map((length) => {
    const text = document(length, breakEach())
    const time = (repair: (text: string) => unknown): number => {
      const start = performance.now()
      repair(text)
      return performance.now() - start
    }
    return [length, time((each) => jsonrepair(each)), time((each) => repairJson(each))]
  })
  return { title: 'Broken, one call, ms', columns: ['characters', 'jsonrepair', ours], rows }
}

function readRight(): Table {
  const names = Object.keys(peers)
  const right = breakages.map(({ text, value }) =>
    names.map((name) =>
      isDeepStrictEqual(
        attempt(() => peers[name]?.(text)),
        value,
      ),
    ),
  )
  const rows: (string | number)[][] = breakages.map(({ name }, row) => [
    name,
    ...(right[row] ?? []).map((isRight) => (isRight ? 'yes' : '–')),
  ])
  rows.push([
    `of ${breakages.length}`,
    ...names.map((_, column) => String(right.filter((row) => row[column] === true).length)),
  ])
  return { title: 'Typical breakages of models, read right', columns: ['', ...names], rows }
}

function attempt(call: () => unknown): unknown {
  try {
    return call()
  } catch (error) {
    return error
  }
}
