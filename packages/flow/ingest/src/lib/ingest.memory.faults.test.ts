import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'

const library = new URL('../index.ts', import.meta.url).href
const megabyte = 1024 * 1024

/**
 * A gigabyte of a kind of text in so many items, fully chunked into a function sink, in a process of its own. Prints how
 * much came through, the resident memory before it, and then after each 32 MB.
 */
const program = `
  const { functionSink, ingest, sentenceChunker, structureChunker } = await import(${JSON.stringify(library)})
  const [kind, cut, count, megabytes] = process.argv.slice(1).map((word) => Number(word) || word)
  const words = 'Some words of a paragraph, as there are many in a text. '
  const line = {
    'text/plain': words.repeat(12) + '\\n\\n',
    'text/csv': '12345,"' + words.repeat(2) + '",London,3.14159,2026-01-01\\n',
    'application/x-ndjson': JSON.stringify({ id: 12345, text: words.repeat(2), address: { city: 'London' } }) + '\\n',
  }[kind]
  const piece = Buffer.from(line.repeat(Math.floor(${megabyte} / 8 / line.length)))

  async function* stream() {
    for (let sent = 0; sent < megabytes * 8; sent++) yield Buffer.from(piece)
  }
  async function* items() {
    for (let index = 0; index < count; index++) {
      const bytes = { [Symbol.asyncIterator]: stream }
      yield { id: String(index), path: index + '.txt', read: async () => ({ bytes, repeatable: true, mediaType: kind }) }
    }
  }
  let bytes = 0
  const before = process.memoryUsage.rss()
  const memory = []
  const report = await ingest({
    source: { name: 'gigabyte', items },
    chunker: cut === 'sentences' ? sentenceChunker() : structureChunker(),
    sink: functionSink(async (document, chunks) => {
      for await (const chunk of chunks) {
        bytes = chunk.bytes.end - chunk.bytes.start + bytes
        if (bytes >= (memory.length + 1) * 32 * ${megabyte}) memory.push(process.memoryUsage.rss())
      }
    }),
  })
  const peak = process.resourceUsage().maxRSS * 1024
  console.log(JSON.stringify({ indexed: report.indexed, bytes, before, memory, peak }))
`

interface Result {
  readonly indexed: number
  readonly bytes: number
  readonly before: number
  readonly memory: readonly number[]
  readonly peak: number
}

describe('ingest of a gigabyte', () => {
  it.each([
    ['text, in a thousand items', 'text/plain', 'structure', 1024, 1],
    ['text, in one item', 'text/plain', 'structure', 1, 1024],
    ['text, by sentences', 'text/plain', 'sentences', 1, 1024],
    ['comma-separated values', 'text/csv', 'structure', 1, 1024],
    ['lines of JSON', 'application/x-ndjson', 'structure', 1, 1024],
  ])('of %s takes less than 140 MB', (_what, ...options) => {
    const args = ['--input-type=module', '-e', program, ...options.map(String)]
    const output = execFileSync(process.execPath, args, { encoding: 'utf8' })
    const { indexed, bytes, before, memory, peak } = JSON.parse(output) as Result
    const inMegabytes = (value: number): number => Math.round(value / megabyte)
    console.log(`before ${inMegabytes(before)} MB, peak ${inMegabytes(peak)} MB`, memory.map(inMegabytes).join(' '))
    expect(indexed).toBe(options[2])
    expect(bytes).toBeGreaterThan(0.95 * 1024 * megabyte)
    // What is loaded before takes about 60 MB, and twice that where Node strips the types of the sources.
    expect(peak - before).toBeLessThan(140 * megabyte)
    // The space for new objects doubles a few times; what is held does not grow with the text.
    const quarter = memory.slice(-Math.floor(memory.length / 4))
    expect(quarter.at(-1)! - quarter[0]!).toBeLessThan(70 * megabyte)
  })
})
