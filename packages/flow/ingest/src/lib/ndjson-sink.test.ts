import { appendFileSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { type TemporaryDirectory, temporaryDirectory } from '@empire/test-support'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryDeadLetters } from './create-memory-dead-letters.ts'
import { ingest } from './ingest.ts'
import { iterableSource } from './iterable-source.ts'
import { LogDamagedError } from './log-damaged-error.ts'
import { ndjsonSink } from './ndjson-sink.ts'
import { readNdjson } from './read-ndjson.ts'

let folder: TemporaryDirectory
let path: string
beforeEach(() => {
  folder = temporaryDirectory()
  path = folder.join('chunks.ndjson')
})
afterEach(() => folder.remove())

async function fill(contents: Record<string, string>, sink = ndjsonSink(path)) {
  const items = Object.entries(contents).map(([id, content]) => ({ id, content }))
  const deadLetters = createMemoryDeadLetters()
  const source = iterableSource(items, { name: 'test' })
  const report = await ingest({ source, sink, deadLetters, retry: { attempts: 2, baseDelay: 0 } })
  await sink.close()
  return { report, letters: [...(deadLetters.list() as Iterable<{ errorClass: string; step: string }>)] }
}

async function read(): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for await (const { documentId, text } of readNdjson(path)) found[documentId] = (found[documentId] ?? '') + text
  return found
}

describe('ndjsonSink', () => {
  it('appends lines that say what they are', async () => {
    await fill({ a: 'one' })
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { type: 'log', id: expect.any(String) },
      { type: 'document', document: { id: 'test:a', title: 'a' } },
      { type: 'chunk', chunk: { id: 'test:a#0', text: 'one' } },
      { type: 'complete', documentId: 'test:a', chunks: 1 },
    ])
  })

  it('is whole again after a crash at any byte', async () => {
    await fill({ a: 'one', b: 'two' })
    const before = statSync(path).size
    await fill({ a: 'changed', c: 'three' })
    const whole = readFileSync(path)
    const old = { 'test:a': 'one', 'test:b': 'two' }
    const half = { ...old, 'test:a': 'changed' }
    const firstDocument = whole.indexOf('"complete"', before)
    const states = new Set<string>()
    for (let size = before; size <= whole.length; size += size < whole.length - 10 ? 7 : 1) {
      writeFileSync(path, whole.subarray(0, size))
      const found = await read()
      states.add(JSON.stringify(found))
      const possible = size < firstDocument ? [old] : [old, half, { ...half, 'test:c': 'three' }]
      expect(possible).toContainEqual(found)
      if (size % 11 !== 0) continue
      // The next run cuts off what is left half, and goes on.
      await fill({ d: 'four' })
      expect(await read()).toEqual({ ...found, 'test:d': 'four' })
    }
    expect(states.size).toBe(3)
  })

  it('leaves no half document on a full disk, and goes on when there is room', async () => {
    await fill({ a: 'one' })
    const before = readFileSync(path)
    const handle = await open(path)
    const prototype = Object.getPrototypeOf(handle) as typeof handle
    await handle.close()
    const real = prototype.write
    let calls = 0
    // Half of what is written gets there, and then nothing, as at the end of a disk.
    const full = vi.spyOn(prototype, 'write').mockImplementation(async function write(
      this: typeof handle,
      ...args: unknown[]
    ) {
      const [buffer, offset, length, position] = args as [Uint8Array, number, number, number]
      if (++calls % 2 === 1) return Reflect.apply(real, this, [buffer, offset, Math.ceil(length / 2), position])
      throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
    } as never)
    const { report, letters } = await fill({ b: 'two', c: 'three' })
    full.mockRestore()
    expect(report).toMatchObject({ indexed: 0, deadLettered: 2 })
    expect(letters).toMatchObject([
      { step: 'write', errorClass: 'ENOSPC' },
      { step: 'write', errorClass: 'ENOSPC' },
    ])
    expect(calls).toBe(8)
    expect(readFileSync(path).equals(before)).toBe(true)
    await fill({ b: 'two' })
    expect(await read()).toEqual({ 'test:a': 'one', 'test:b': 'two' })
  })

  it('is written anew when most of it counts no more', async () => {
    const text = 'word '.repeat(80_000)
    const sink = ndjsonSink(path)
    const shared = { ...sink, close: async () => {} }
    for (let time = 0; time < 5; time++) await fill({ a: `${time} ${text}`, b: 'two' }, shared)
    await sink.close()
    const size = statSync(path).size
    const identity = ndjsonSink(path)
    const { id } = JSON.parse(readFileSync(path, 'utf8').split('\n', 1)[0]!) as { id: string }
    expect(await identity.identity?.({})).toBe(id)
    await identity.close()
    expect(statSync(path).size).toBeLessThan(size / 2)
    const found = await read()
    expect(found['test:a']).toContain('4 word')
    expect(found['test:b']).toBe('two')
  })

  it('has an identity of its own for each file that is made anew', async () => {
    const first = ndjsonSink(path)
    const second = ndjsonSink(folder.join('other.ndjson'))
    expect(await first.identity?.({})).not.toBe(await second.identity?.({}))
    await Promise.all([first.close(), second.close()])
  })

  it('refuses a file that is no log, and leaves it as it is', async () => {
    writeFileSync(path, '{"name":"package"}\n')
    await expect(ndjsonSink(path).identity?.({})).rejects.toThrow(
      expect.objectContaining({
        code: 'log_damaged',
        message: `Expected ${JSON.stringify(path)} to be a log of ndjsonSink, but its first line is another. Give another path, or remove the file to fill it anew.`,
      }),
    )
    await expect(read()).rejects.toBeInstanceOf(LogDamagedError)
    expect(readFileSync(path, 'utf8')).toBe('{"name":"package"}\n')
  })

  it('takes no damage in the middle for the end', async () => {
    await fill({ a: 'one', b: 'two' })
    const bytes = readFileSync(path)
    bytes[bytes.indexOf('"document"') + 1] = 0
    writeFileSync(path, bytes)
    await expect(ndjsonSink(path).identity?.({})).rejects.toThrow(/is damaged at byte \d+\. Give another path/)
    expect(readFileSync(path).equals(bytes)).toBe(true)
  })

  it.each([
    ['another process writes to', () => appendFileSync(path, 'x')],
    ['something cuts', () => truncateSync(path, 10)],
  ])('notices a file that %s', async (_what, change) => {
    const sink = ndjsonSink(path)
    await sink.identity?.({})
    change()
    await expect(async () => sink.remove(['a'], { previousChunks: 0 })).rejects.toBeInstanceOf(LogDamagedError)
    await sink.close()
  })

  it('refuses a path that is none', () => {
    expect(() => ndjsonSink('')).toThrow(new TypeError('Expected "path" to be a path, got a string ("").'))
  })
})
