import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { type TemporaryDirectory, temporaryDirectory } from '@empire/test-support'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadContent } from './loaded-content.ts'

let folder: TemporaryDirectory
beforeEach(() => {
  folder = temporaryDirectory()
})
afterEach(() => folder.remove())

const text = 'a text of a few words, in pieces'
const hash = createHash('sha256').update(text).digest('hex')

async function* pieces(of = text) {
  for (let start = 0; start < of.length; start += 5) yield Buffer.from(of.slice(start, start + 5))
}

function load(bytes: AsyncIterable<Uint8Array> | Uint8Array, maxMemory: number, repeatable = false) {
  const options = { path: 'a', maxMemory, spoolFolder: folder.path, headBytes: 7 }
  return loadContent({ bytes, repeatable, mediaType: 'text/plain' }, options)
}

async function textOf(bytes: AsyncIterable<Uint8Array> | Uint8Array): Promise<string> {
  if (bytes instanceof Uint8Array) return Buffer.from(bytes).toString()
  const found: Uint8Array[] = []
  for await (const piece of bytes) found.push(piece)
  return Buffer.concat(found).toString()
}

describe('loadContent', () => {
  it.each([
    ['bytes', () => load(Buffer.from(text), 5), true],
    ['a small stream', () => load(pieces(), 100), true],
    ['a large stream', () => load(pieces(), 5), false],
    ['a large stream that can be read again', () => load({ [Symbol.asyncIterator]: () => pieces() }, 5, true), false],
  ])('knows the hash of %s before it is parsed', async (_what, start, inMemory) => {
    const loaded = await start()
    expect(loaded).toMatchObject({ hash, size: text.length })
    expect(Buffer.from(loaded.head).toString()).toBe('a text ')
    expect(loaded.bytes instanceof Uint8Array).toBe(inMemory)
    expect(await textOf(loaded.bytes)).toBe(text)
    await loaded.close()
    await loaded.close()
    expect(readdirSync(folder.path)).toEqual([])
  })

  it('notices what changes between', async () => {
    let time = 0
    const bytes = { [Symbol.asyncIterator]: () => pieces(time++ === 0 ? text : text.toUpperCase()) }
    const loaded = await load(bytes, 5, true)
    await expect(textOf(loaded.bytes)).rejects.toMatchObject({
      code: 'changed_while_read',
      retryable: true,
      message: 'a: it changed while it was read.',
    })
  })

  it('leaves nothing of a stream that breaks', async () => {
    const error = new Error('cut off')
    async function* broken() {
      yield* pieces()
      throw error
    }
    await expect(load(broken(), 5)).rejects.toBe(error)
    expect(readdirSync(folder.path)).toEqual([])
  })
})
