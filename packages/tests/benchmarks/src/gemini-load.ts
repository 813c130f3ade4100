import { AsyncLocalStorage } from 'node:async_hooks'
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
    const { delays, before, most, seconds } = await run(baseUrl, streams)
    const sorted = delays.toSorted((one, other) => one - other)
    const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN
    return {
      title: `${streams} streams of 2 KB at a time, from the socket to the subscriber`,
      columns: ['', 'p50, ms', 'p99, ms', 'memory, MB', 'of it for the streams, MB', 'all, s'],
      rows: [['@empire/llm-gemini', at(0.5), at(0.99), most / 2 ** 20, (most - before) / 2 ** 20, seconds]],
    }
  } finally {
    server.disconnect()
  }
}

/** When the latest piece of a stream came from the socket. */
const arrival = new AsyncLocalStorage<{ at: number }>()

async function run(baseUrl: string, streams: number) {
  const gemini = createGemini({ model: 'gemini-2.5-flash', apiKey: 'key', baseUrl, fetch: stampedFetch })
  const delays: number[] = []
  const before = process.memoryUsage.rss()
  let most = before
  const start = performance.now()
  async function read(): Promise<void> {
    const latest = { at: 0 }
    await arrival.run(latest, async () => {
      for await (const part of gemini.stream({ messages: [{ role: 'user', content: 'How is the weather?' }] })) {
        if (part.type !== 'text-delta') continue
        delays.push(performance.now() - latest.at)
        if (delays.length % 100 === 0) most = Math.max(most, process.memoryUsage.rss())
      }
    })
  }
  await Promise.all(Array.from({ length: streams }, read))
  return { delays, before, most, seconds: (performance.now() - start) / 1000 }
}

/** `fetch` that notes when pieces come. A stream around the body would take more memory than what is measured. */
async function stampedFetch(url: string | URL | Request, init?: RequestInit): Promise<Response> {
  const response = await fetch(url, init)
  const reader = response.body?.getReader()
  const latest = arrival.getStore()
  const stamped = {
    async read() {
      const piece = await reader?.read()
      if (latest !== undefined) latest.at = performance.now()
      return piece
    },
    cancel: () => reader?.cancel(),
  }
  return Object.defineProperty(response, 'body', { value: { getReader: () => stamped } })
}
