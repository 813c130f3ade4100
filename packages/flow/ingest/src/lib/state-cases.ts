import { deepEqual, equal } from 'node:assert/strict'
import { casesAt, type ContractCase } from './contract-case.ts'
import type { IngestState, ItemState } from './ingest-state.ts'

/** A store of states, made for one case. */
export interface StatePlace {
  /** Empty. */
  readonly state: IngestState
  /** A state over the same store, as after a crash; for stores that outlive one. */
  reopen?(): IngestState | Promise<IngestState>
  /** Removes the store. */
  close(): void | Promise<void>
}

/** How to get stores. */
export interface StateCasesOptions {
  /** Makes an empty store. */
  readonly open: () => StatePlace | Promise<StatePlace>
}

function stateOf(id: string, changes: Partial<ItemState> = {}): ItemState {
  return {
    id,
    status: 'indexed',
    version: `version of ${id}`,
    mediaType: 'text/plain',
    hash: 'abc',
    fingerprint: 'text/1\nstructure/1',
    chunks: 3,
    ...changes,
  }
}

async function listOf(state: IngestState, source: string): Promise<ItemState[]> {
  const items: ItemState[] = []
  for await (const item of state.items(source)) items.push(item)
  return items.toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

/** The promises of the state contract, as cases for any test runner. */
export function stateCases({ open }: StateCasesOptions): ContractCase[] {
  const withPlace = casesAt(open, ({ state }) => state)

  return [
    withPlace('knows nothing at first', async ({ state }) => {
      equal(await state.get('a', 'x'), undefined)
      deepEqual(await listOf(state, 'a'), [])
      deepEqual(await state.sources(), [])
    }),

    withPlace('gives what was put, by source and item', async ({ state }) => {
      const { version: _none, ...without } = stateOf('y', { status: 'pending', chunks: 0 })
      await state.put('a', [stateOf('x'), without])
      await state.put('b', [stateOf('x', { hash: 'other' })])
      deepEqual(await state.get('a', 'x'), stateOf('x'))
      deepEqual(await state.get('a', 'y'), without)
      deepEqual(await state.get('b', 'x'), stateOf('x', { hash: 'other' }))
      equal(await state.get('b', 'y'), undefined)
      deepEqual((await state.sources()).toSorted(), ['a', 'b'])
    }),

    withPlace('puts a state in the place of the one before, of several the last', async ({ state }) => {
      await state.put('a', [stateOf('x', { chunks: 1 })])
      await state.put('a', [stateOf('x', { chunks: 2 }), stateOf('x', { chunks: 3, version: undefined })])
      const found = await state.get('a', 'x')
      equal(found?.chunks, 3)
      equal(found?.version, undefined)
      equal((await listOf(state, 'a')).length, 1)
    }),

    withPlace('lists all items of a source, also many', async ({ state }) => {
      const states = Array.from({ length: 1000 }, (_, index) => stateOf(`item ${index}`))
      await state.put('a', states)
      await state.put('b', [stateOf('other')])
      deepEqual(
        await listOf(state, 'a'),
        states.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
      )
    }),

    withPlace('lists what is left while items are removed', async ({ state }) => {
      const states = Array.from({ length: 1000 }, (_, index) => stateOf(`item ${index}`))
      await state.put('a', states)
      const seen: string[] = []
      let batch: string[] = []
      for await (const { id } of state.items('a')) {
        seen.push(id)
        batch.push(id)
        if (batch.length < 64) continue
        await state.remove('a', batch)
        batch = []
      }
      equal(new Set(seen).size, 1000)
      equal((await listOf(state, 'a')).length, 1000 % 64)
    }),

    withPlace('forgets what is removed, and nothing else', async ({ state }) => {
      await state.put('a', [stateOf('x'), stateOf('y')])
      await state.put('b', [stateOf('x')])
      await state.remove('a', ['x', 'unknown'])
      equal(await state.get('a', 'x'), undefined)
      deepEqual(await listOf(state, 'a'), [stateOf('y')])
      deepEqual(await listOf(state, 'b'), [stateOf('x')])
      await state.remove('a', ['y'])
      deepEqual(await state.sources(), ['b'])
    }),

    withPlace('takes any ids', async ({ state }) => {
      const ids = ['', '__proto__', 'constructor', "'; DROP TABLE x; --", 'ü\n"😀', 'x:y', 'a\u0000b', 'a\u0001b']
      for (const id of ids) await state.put(id, [stateOf(id)])
      for (const id of ids) equal((await state.get(id, id))?.id, id)
      for (const id of ids) equal((await listOf(state, id)).length, 1)
      deepEqual((await state.sources()).toSorted(), ids.toSorted())
    }),

    withPlace('keeps what it was given after it is opened again', async ({ state, reopen }) => {
      if (reopen === undefined) return
      await state.put('a', [stateOf('x')])
      const again = await reopen()
      deepEqual(await again.get('a', 'x'), stateOf('x'))
      await again.close()
    }),

    withPlace('may be closed twice', async ({ state }) => {
      await state.put('a', [stateOf('x')])
      await state.close()
      await state.close()
    }),
  ]
}
