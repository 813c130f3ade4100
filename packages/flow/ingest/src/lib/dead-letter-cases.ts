import { deepEqual, equal } from 'node:assert/strict'
import { casesAt, type ContractCase } from './contract-case.ts'
import type { DeadLetter, DeadLetterFilter, DeadLetterStore } from './dead-letter.ts'

/** A store of letters, made for one case. */
export interface DeadLetterPlace {
  /** Empty. */
  readonly deadLetters: DeadLetterStore
  /** A store over the same letters, as after a crash; for those that outlive one. */
  reopen?(): DeadLetterStore | Promise<DeadLetterStore>
  /** Removes the store. */
  close(): void | Promise<void>
}

/** How to get stores. */
export interface DeadLetterCasesOptions {
  /** Makes an empty store. */
  readonly open: () => DeadLetterPlace | Promise<DeadLetterPlace>
}

function letterOf(id: string, changes: Partial<DeadLetter> = {}): DeadLetter {
  return {
    id: `a:${id}`,
    source: 'a',
    item: { id, path: `${id}.txt`, version: '1' },
    input: { mediaType: 'text/plain', content: 'dGV4dA==', complete: true },
    step: 'write',
    errorClass: 'sink_failed',
    message: `${id}.txt: the sink refused it: no`,
    stack: 'Error: no\n    at x',
    attempts: 3,
    at: 1000,
    replays: 0,
    ...changes,
  }
}

async function idsOf(store: DeadLetterStore, filter?: DeadLetterFilter): Promise<string[]> {
  const ids: string[] = []
  for await (const { item } of store.list(filter)) ids.push(item.id)
  return ids
}

/** The promises of the contract of dead letters, as cases for any test runner. */
export function deadLetterCases({ open }: DeadLetterCasesOptions): ContractCase[] {
  const withPlace = casesAt(open, ({ deadLetters }) => deadLetters)
  const mixed = [
    letterOf('x'),
    letterOf('y', { errorClass: 'ENOSPC' }),
    letterOf('z', { step: 'parse', errorClass: 'parser_failed' }),
    letterOf('x', { id: 'b:x', source: 'b' }),
  ]

  return [
    withPlace('has no letters at first', async ({ deadLetters }) => {
      deepEqual(await idsOf(deadLetters), [])
      equal(await deadLetters.get('a:x'), undefined)
      equal(await deadLetters.purge(), 0)
    }),

    withPlace('gives a letter as it was put', async ({ deadLetters }) => {
      const { input: _input, stack: _stack, ...bare } = letterOf('y')
      await deadLetters.put(letterOf('x'))
      await deadLetters.put(bare)
      deepEqual(await deadLetters.get('a:x'), letterOf('x'))
      deepEqual(await deadLetters.get('a:y'), bare)
    }),

    withPlace('keeps one letter for an id, the last, as the youngest', async ({ deadLetters }) => {
      await deadLetters.put(letterOf('x'))
      await deadLetters.put(letterOf('y'))
      await deadLetters.put(letterOf('x', { replays: 2 }))
      deepEqual(await idsOf(deadLetters), ['y', 'x'])
      equal((await deadLetters.get('a:x'))?.replays, 2)
    }),

    withPlace('lists those that fit all that is given', async ({ deadLetters }) => {
      for (const letter of mixed) await deadLetters.put(letter)
      deepEqual(await idsOf(deadLetters), ['x', 'y', 'z', 'x'])
      deepEqual(await idsOf(deadLetters, { source: 'a' }), ['x', 'y', 'z'])
      deepEqual(await idsOf(deadLetters, { source: 'a', errorClass: 'sink_failed' }), ['x'])
      deepEqual(await idsOf(deadLetters, { step: 'parse' }), ['z'])
      deepEqual(await idsOf(deadLetters, { id: 'b:x' }), ['x'])
      deepEqual(await idsOf(deadLetters, { id: 'b:x', source: 'a' }), [])
      deepEqual(await idsOf(deadLetters, { errorClass: undefined }), ['x', 'y', 'z', 'x'])
    }),

    withPlace('purges those that fit, and says how many', async ({ deadLetters }) => {
      for (const letter of mixed) await deadLetters.put(letter)
      equal(await deadLetters.purge({ errorClass: 'unknown' }), 0)
      equal(await deadLetters.purge({ errorClass: 'sink_failed' }), 2)
      deepEqual(await idsOf(deadLetters), ['y', 'z'])
      equal(await deadLetters.purge({ id: 'a:y' }), 1)
      equal(await deadLetters.purge(), 1)
      deepEqual(await idsOf(deadLetters), [])
    }),

    withPlace('lists many, and what is left while they are purged', async ({ deadLetters }) => {
      for (let index = 0; index < 200; index++) await deadLetters.put(letterOf(`${index}`))
      const seen: string[] = []
      for await (const { id } of deadLetters.list()) {
        seen.push(id)
        await deadLetters.purge({ id })
      }
      equal(new Set(seen).size, 200)
      deepEqual(await idsOf(deadLetters), [])
    }),

    withPlace('takes any ids', async ({ deadLetters }) => {
      for (const id of ['__proto__', "'; DROP TABLE x; --", 'ü\n"😀', 'x:y', 'a\u0000b']) {
        await deadLetters.put(letterOf(id))
        equal((await deadLetters.get(`a:${id}`))?.item.id, id)
      }
      equal(await deadLetters.purge(), 5)
    }),

    withPlace('keeps letters after it is opened again', async ({ deadLetters, reopen }) => {
      if (reopen === undefined) return
      await deadLetters.put(letterOf('x'))
      const again = await reopen()
      deepEqual(await again.get('a:x'), letterOf('x'))
      await again.close()
    }),

    withPlace('may be closed twice', async ({ deadLetters }) => {
      await deadLetters.put(letterOf('x'))
      await deadLetters.close()
      await deadLetters.close()
    }),
  ]
}
