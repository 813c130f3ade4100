import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'

const library = new URL('../index.ts', import.meta.url).href
const megabyte = 1024 * 1024

/**
 * A gigabyte of a kind of text in items of so many kilobytes, or in one that is streamed, fully chunked into a function sink, in a process
 * of its own without flags. Prints how much came through, the peak of resident memory before it, and then after each third.
 */
const program = `
  import { readFileSync } from 'node:fs'
  const { functionSink, ingest, sentenceChunker, structureChunker } = await import(${JSON.stringify(library)})
  const [kind, cut, size] = process.argv.slice(1)
  const words = 'Some words of a paragraph, as there are many in a text. '
  const block = {
    'text/plain': words.repeat(12) + '\\n\\n',
    'text/markdown': '## A section of words\\n\\n' + words.repeat(12) + '\\n\\n- an item\\n- another\\n\\n| a | b |\\n| - | - |\\n| 1 | 2 |\\n\\n',
    'text/html': '<h2>A section of words</h2><p>' + words.repeat(12) + ' &amp; more</p><ul><li>An item<li>Another</ul>\\n',
    'text/csv': '12345,"' + words.repeat(2) + '",London,3.14159,2026-01-01\\n',
    'application/x-ndjson': JSON.stringify({ id: 12345, text: words.repeat(2), address: { city: 'London' } }) + '\\n',
  }[kind]
  const bytesEach = size === 'streamed' ? ${megabyte} / 8 : Number(size) * 1024
  const piece = Buffer.from(block.repeat(Math.floor(bytesEach / block.length)))
  const count = Math.ceil((1024 * ${megabyte}) / piece.length)

  async function* stream() {
    for (let sent = 0; sent < count; sent++) yield Buffer.from(piece)
  }
  async function* items() {
    if (size === 'streamed') {
      const bytes = { [Symbol.asyncIterator]: stream }
      yield { id: 'a', path: 'a', read: async () => ({ bytes, repeatable: true, mediaType: kind }) }
      return
    }
    for (let index = 0; index < count; index++) {
      const id = String(index)
      yield { id, path: id, read: async () => ({ bytes: Buffer.from(piece), mediaType: kind }) }
    }
  }
  const peak = () => Number(/VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'latin1'))[1]) / 1024
  let bytes = 0
  const before = peak()
  const thirds = []
  const report = await ingest({
    source: { name: 'gigabyte', items },
    chunker: cut === 'sentences' ? sentenceChunker() : structureChunker(),
    sink: functionSink(async (document, chunks) => {
      for await (const chunk of chunks) {
        bytes = chunk.bytes.end - chunk.bytes.start + bytes
        if (bytes >= ((thirds.length + 1) * count * piece.length * 0.9) / 3) thirds.push(peak())
      }
    }),
  })
  console.log(JSON.stringify({ bytes: report.bytes, problems: report.problems, chunked: bytes, before, thirds, peak: peak() }))
`

interface Result {
  readonly bytes: number
  readonly problems: readonly unknown[]
  readonly chunked: number
  /** Megabytes, as are all that follow. */
  readonly before: number
  readonly thirds: readonly number[]
  readonly peak: number
}

/** Node alone takes 40 to 65 MB, the library 25 more, and about 30 more where Node strips the types of its sources, as it does here. */
const sources = 30

describe.runIf(process.platform === 'linux')('the memory of the process that ingests a gigabyte', () => {
  it.each([
    ['Markdown, in items of 1 MB', 200, 60, 'text/markdown', 'structure', '1024'],
    ['Markdown, in items of 32 kB', 200, 60, 'text/markdown', 'structure', '32'],
    ['text, in items of 1 MB', 160, 40, 'text/plain', 'structure', '1024'],
    ['text, streamed as one item', 230, 60, 'text/plain', 'structure', 'streamed'],
    ['text, streamed and by sentences', 230, 60, 'text/plain', 'sentences', 'streamed'],
    ['comma-separated values, streamed', 290, 80, 'text/csv', 'structure', 'streamed'],
    ['lines of JSON, streamed', 230, 60, 'application/x-ndjson', 'structure', 'streamed'],
    ['HTML, in pages of 32 kB', 200, 60, 'text/html', 'structure', '32'],
  ])('of %s stays under %i MB, and under %i MB more than after a third', (_what, bound, slope, ...options) => {
    const args = ['--input-type=module', '-e', program, ...options]
    const output = execFileSync(process.execPath, args, { encoding: 'utf8' })
    const { bytes, problems, chunked, before, thirds, peak } = JSON.parse(output) as Result
    console.log(`before ${Math.round(before)} MB, thirds ${thirds.map(Math.round).join(' ')}, peak ${Math.round(peak)}`)
    expect(problems).toEqual([])
    expect(bytes).toBeGreaterThanOrEqual(1024 * megabyte)
    expect(chunked).toBeGreaterThan(0.9 * bytes)
    expect(peak).toBeLessThan(bound + sources)
    expect(peak - thirds[0]!).toBeLessThan(slope)
  })
})
