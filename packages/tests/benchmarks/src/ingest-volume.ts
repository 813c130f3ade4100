import { functionSink, ingest, structureChunker } from '@empire/ingest'

// The process that ingest.bench.ts starts for one amount of text: its memory is its own.
const megabytes = Number(process.argv[2])
const megabyte = 1024 * 1024
const paragraph = `${'Some words of a paragraph, as there are many in a text. '.repeat(12)}\n\n`
const text = Buffer.from(paragraph.repeat(Math.floor(megabyte / paragraph.length)))

async function* items() {
  for (let index = 0; index < megabytes; index++) {
    const id = String(index)
    // A copy, as a file would be.
    yield { id, path: `${id}.txt`, read: async () => ({ bytes: Buffer.from(text), mediaType: 'text/plain' }) }
  }
}

const step = Math.max(1, Math.floor(megabytes / 12))
const memory: number[] = []
let chunks = 0
let documents = 0
const sink = functionSink(async (_document, found) => {
  for await (const { tokens } of found) chunks += tokens > 0 ? 1 : 0
  if (++documents % step === 0) memory.push(process.memoryUsage.rss() / megabyte)
})
const start = performance.now()
const report = await ingest({ source: { name: 'volume', items }, sink, chunker: structureChunker() })
const seconds = (performance.now() - start) / 1000
const peak = process.resourceUsage().maxRSS / 1024
console.log(JSON.stringify({ seconds, bytes: report.bytes, chunks, memory, peak }))
