import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createGemini } from '@empire/llm-gemini'
import type { Table } from './table.ts'

/**
 * Many streams at a time from a server in another process: how long a piece takes from the socket to the subscriber, and
 * how much memory the process takes with all of them open.
 */
export async function measureLoad(streams: number): Promise<Table> {
  const server = fork(join(import.meta.dirname, 'gemini-load-server.ts'))
  try {
    const [baseUrl] = (await once(server, 'message')) as [string]
    await run(baseUrl, Math.min(100, streams))
    const { delays, memory, seconds } = await run(baseUrl, streams)
    const sorted = delays.toSorted((one, other) => one - other)
    const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN
    return {
      title: `${streams} streams of 2 KB at a time, from the socket to the subscriber`,
      columns: ['', 'p50, ms', 'p99, ms', 'memory, MB', 'all, s'],
      rows: [['@empire/llm-gemini', at(0.5), at(0.99), memory, seconds]],
    }
  } finally {
    server.disconnect()
  }
}

async function run(baseUrl: string, streams: number) {
  const delays: number[] = []
  let memory = 0
  const start = performance.now()
  await Promise.all(
    Array.from({ length: streams }, async () => {
      let arrived = 0
      const gemini = createGemini({
        model: 'gemini-2.5-flash',
        apiKey: 'key',
        baseUrl,
        fetch: async (url, init) => {
          const { body, ...response } = await fetch(url, init)
          const stamp = new TransformStream<Uint8Array, Uint8Array>({
            transform(chunk, controller) {
              arrived = performance.now()
              controller.enqueue(chunk)
            },
          })
          return new Response(body?.pipeThrough(stamp) ?? null, response)
        },
      })
      for await (const part of gemini.stream({ messages: [{ role: 'user', content: 'How is the weather?' }] })) {
        if (part.type !== 'text-delta') continue
        delays.push(performance.now() - arrived)
        memory = Math.max(memory, process.memoryUsage.rss() / 1e6)
      }
    }),
  )
  return { delays, memory, seconds: (performance.now() - start) / 1000 }
}
