import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'

const library = new URL('../index.ts', import.meta.url).href
const megabyte = 1024 * 1024

/**
 * A gigabyte of text in so many items, fully chunked into a function sink, in a process of its own. Prints how much came
 * through, and the resident memory after each 32 MB.
 */
const program = `
  const { functionSink, ingest } = await import(${JSON.stringify(library)})
  const [count, megabytes] = process.argv.slice(1).map(Number)
  const paragraph = 'Some words of a paragraph, as there are many in a text. '.repeat(12) + '\\n\\n'
  const piece = Buffer.from(paragraph.repeat(Math.floor(${megabyte} / 8 / paragraph.length)))

  async function* stream() {
    for (let sent = 0; sent < megabytes * 8; sent++) yield Buffer.from(piece)
  }
  async function* items() {
    for (let index = 0; index < count; index++) {
      const id = String(index)
      const bytes = { [Symbol.asyncIterator]: stream }
      const read = async () => ({ bytes, repeatable: true, mediaType: 'text/x-stream' })
      yield { id, path: id + '.txt', read }
    }
  }
  /** Text in parts that end where a paragraph ends. */
  function* cut(bytes) {
    for (let start = 0; start < bytes.length; start += piece.length) yield bytes.subarray(start, start + piece.length)
  }
  const streaming = {
    mediaTypes: ['text/x-stream'],
    fingerprint: 'stream/1',
    async *parse(item, { bytes }) {
      let byte = 0
      let line = 1
      for await (const next of bytes instanceof Uint8Array ? cut(bytes) : bytes) {
        const text = Buffer.from(next).toString()
        const blocks = []
        for (let start = 0; start < text.length; start += paragraph.length)
          blocks.push({ kind: 'text', start, end: start + paragraph.length - 2 })
        yield { text, blocks, anchors: [{ offset: 0, line, byte }] }
        byte += next.length
        line += 2 * blocks.length
      }
    },
  }
  let bytes = 0
  const memory = []
  const report = await ingest({
    source: { name: 'gigabyte', items },
    parsers: [streaming],
    sink: functionSink(async (document, chunks) => {
      for await (const chunk of chunks) {
        bytes += Buffer.byteLength(chunk.text)
        if (bytes >= (memory.length + 1) * 32 * ${megabyte}) memory.push(process.memoryUsage.rss())
      }
    }),
  })
  console.log(JSON.stringify({ indexed: report.indexed, bytes, memory, peak: process.resourceUsage().maxRSS * 1024 }))
`

interface Result {
  readonly indexed: number
  readonly bytes: number
  readonly memory: readonly number[]
  readonly peak: number
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

describe('ingest of a gigabyte', () => {
  it.each([
    ['in a thousand items', 1024, 1],
    ['in one item', 1, 1024],
  ])('%s stays under 200 MB, and does not grow', (_what, count, megabytes) => {
    // Else V8 lets its space for new objects grow to 96 MB, however little is alive.
    const flags = ['--max-semi-space-size=8', '--input-type=module', '-e', program]
    const args = [...flags, `${count}`, `${megabytes}`]
    const output = execFileSync(process.execPath, args, { encoding: 'utf8' })
    const { indexed, bytes, memory, peak } = JSON.parse(output) as Result
    console.log(`peak ${Math.round(peak / megabyte)} MB`, memory.map((value) => Math.round(value / megabyte)).join(' '))
    expect(indexed).toBe(count)
    expect(bytes).toBeGreaterThan(0.95 * 1024 * megabyte)
    expect(peak).toBeLessThan(200 * megabyte)
    const third = Math.floor(memory.length / 3)
    expect(mean(memory.slice(-third))).toBeLessThan(mean(memory.slice(0, third)) * 1.15)
  })
})
