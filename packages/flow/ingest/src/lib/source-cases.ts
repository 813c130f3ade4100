import { deepEqual, equal, notEqual, ok, rejects } from 'node:assert/strict'
import { casesAt, type ContractCase } from './contract-case.ts'
import { findParser } from './find-parser.ts'
import type { Source, SourceItem } from './source.ts'

/** A place with items that a source lists, made for one case. */
export interface SourcePlace {
  /** Over the place, which has no items yet. */
  readonly source: Source
  /** Puts an item there, or changes the content of the one with this name, and gives its id. Names are like `b.txt`. */
  put(name: string, content: Uint8Array): Promise<string>
  /** Takes an item away. */
  remove(name: string): Promise<void>
  /** Makes the next listing fail after some of its items, if that can be had. */
  breakListing?(): void | Promise<void>
  /** Removes the place. */
  close(): void | Promise<void>
}

/** How to get places. */
export interface SourceCasesOptions {
  /** Makes an empty place. */
  readonly open: () => SourcePlace | Promise<SourcePlace>
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

async function contentOf(item: SourceItem | undefined, version?: string): Promise<string | undefined> {
  const content = await item?.read({ version })
  if (content === undefined) return undefined
  if (content.bytes instanceof Uint8Array) return Buffer.from(content.bytes).toString()
  const pieces: Uint8Array[] = []
  for await (const piece of content.bytes) pieces.push(piece)
  return Buffer.concat(pieces).toString()
}

async function listOf(source: Source): Promise<SourceItem[]> {
  const items: SourceItem[] = []
  for await (const item of source.items()) items.push(item)
  return items
}

/** The promises of the source contract, as cases for any test runner. */
export function sourceCases({ open }: SourceCasesOptions): ContractCase[] {
  const withPlace = casesAt(open)

  return [
    withPlace('has a name without a colon, and lists nothing where there is nothing', async ({ source }) => {
      ok(typeof source.name === 'string' && source.name !== '' && !source.name.includes(':'))
      deepEqual(await listOf(source), [])
    }),

    withPlace('lists each item once, in the same order each time, with an id that stays', async ({ source, put }) => {
      const ids = [await put('b.txt', bytesOf('b')), await put('a.txt', bytesOf('a')), await put('c.txt', bytesOf('c'))]
      const first = (await listOf(source)).map(({ id }) => id)
      deepEqual(first.toSorted(), ids.toSorted())
      deepEqual(
        (await listOf(source)).map(({ id }) => id),
        first,
      )
      for (const id of ids) equal(source.covers?.(id) ?? true, true)
      for (const { path } of await listOf(source)) ok(typeof path === 'string' && path !== '')
    }),

    withPlace('reads the bytes as they are, as often as it is asked', async ({ source, put }) => {
      const every = Uint8Array.from({ length: 70_000 }, (_, index) => index % 256)
      await put('a.txt', every)
      const [item] = await listOf(source)
      for (let time = 0; time < 2; time++) {
        const content = await item!.read()
        const pieces: Uint8Array[] = []
        if (content!.bytes instanceof Uint8Array) pieces.push(content!.bytes)
        else for await (const piece of content!.bytes) pieces.push(piece)
        ok(Buffer.concat(pieces).equals(every))
        ok(findParser([{ mediaTypes: ['*/*', 'text/*', 'application/*'] }], content!.mediaType) !== undefined)
      }
    }),

    withPlace('reads an empty item', async ({ source, put }) => {
      await put('a.txt', bytesOf(''))
      equal(await contentOf((await listOf(source))[0]), '')
    }),

    withPlace('says nothing or the same of an item that did not change', async ({ source, put }) => {
      await put('a.txt', bytesOf('one'))
      const [before] = await listOf(source)
      const content = await before!.read()
      const version = content!.version ?? before!.version
      const [after] = await listOf(source)
      if (before!.version !== undefined) equal(after!.version, before!.version)
      ok([undefined, 'one'].includes(await contentOf(after, version)))
    }),

    withPlace('has another version, or none, for a changed content of the same length', async ({ source, put }) => {
      const id = await put('a.txt', bytesOf('one'))
      const [before] = await listOf(source)
      const version = (await before!.read())!.version ?? before!.version
      equal(await put('a.txt', bytesOf('two')), id)
      const [after] = await listOf(source)
      if (version !== undefined) notEqual(after!.version, version)
      equal(await contentOf(after, version), 'two')
    }),

    withPlace('does not list what was removed', async ({ source, put, remove }) => {
      await put('a.txt', bytesOf('a'))
      const id = await put('b.txt', bytesOf('b'))
      await remove('a.txt')
      deepEqual(
        (await listOf(source)).map((item) => item.id),
        [id],
      )
    }),

    withPlace('gives one item by its id, and none for an id that is not there', async ({ source, put, remove }) => {
      if (source.item === undefined) return
      const id = await put('a.txt', bytesOf('a'))
      const other = await put('b.txt', bytesOf('b'))
      const item = await source.item(id)
      equal(item?.id, id)
      equal(await contentOf(item), 'a')
      await remove('b.txt')
      equal(await source.item(other), undefined)
    }),

    withPlace('throws from a listing that cannot be completed', async ({ source, put, breakListing }) => {
      if (breakListing === undefined) return
      for (const name of ['a.txt', 'b.txt', 'c.txt']) await put(name, bytesOf(name))
      await breakListing()
      await rejects(listOf(source))
    }),

    withPlace('throws the reason of a signal that is aborted before', async ({ source, put }) => {
      await put('a.txt', bytesOf('a'))
      const [item] = await listOf(source)
      const reason = new Error('enough')
      const signal = AbortSignal.abort(reason)
      const isReason = (error: unknown): boolean => error === reason
      await rejects(async () => {
        await source.items({ signal })[Symbol.asyncIterator]().next()
      }, isReason)
      await rejects(async () => item!.read({ signal }), isReason)
      if (source.item !== undefined) await rejects(async () => source.item!('a', { signal }), isReason)
    }),

    withPlace('may be left in the middle of a listing, and listed again', async ({ source, put }) => {
      for (const name of ['a.txt', 'b.txt', 'c.txt']) await put(name, bytesOf(name))
      for await (const { id } of source.items()) if (id !== '') break
      equal((await listOf(source)).length, 3)
    }),
  ]
}
