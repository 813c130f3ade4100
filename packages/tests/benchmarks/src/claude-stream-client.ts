import { createClaude } from '@empire/llm-claude'

// Reads many streams at a time from a server. In a process of its own: what the others leave in memory is not ours.
const [port, callers] = process.argv.slice(2)
const claude = createClaude({ model: 'claude-opus-5-5', apiKey: 'any', baseUrl: `http://127.0.0.1:${port}` })
const delays: number[] = []
const before = process.memoryUsage.rss()
let most = before

async function call(): Promise<void> {
  const messages = [{ role: 'user', content: 'What is the weather in Bern?' }] as const
  for await (const part of claude.stream({ maxTokens: 999, messages })) {
    if (part.type !== 'text-delta') continue
    delays.push(performance.timeOrigin + performance.now() - Number.parseFloat(part.text))
    if (delays.length % 1000 === 0) most = Math.max(most, process.memoryUsage.rss())
  }
}

await Promise.all(Array.from({ length: Number(callers) }, call))
const sorted = delays.toSorted((one, other) => one - other)
const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN
process.send?.([at(0.5), at(0.99), sorted.length, most / 2 ** 20, (most - before) / 2 ** 20])
process.disconnect()
