import { describe, expect, it } from 'vitest'
import { createSupervisor } from './create-supervisor.ts'
import type { SupervisorOptions } from './supervisor.ts'

const start = (): void => {}

describe('createSupervisor', () => {
  it.each([
    [undefined, '"options" must be an object, got undefined.'],
    [{}, '"name" must be a string without slashes and control characters, got undefined.'],
    [{ name: '' }, '"name" must be a string without slashes and control characters, got a string ("").'],
    [{ name: 'a' }, '"children" must be an array, got undefined.'],
    [{ name: 'a', children: [undefined] }, '"children" must be objects with a name and start(), got undefined.'],
    [
      { name: 'a', children: [{ name: 'b/c', start }] },
      '"children.name" must be a string without slashes and control characters, got a string ("b/c").',
    ],
    [{ name: 'a', children: [{ name: 'b' }] }, '"start" of "b" must be a function, got undefined.'],
    [{ name: 'a', children: [{ name: 'b', start, stop: 1 }] }, '"stop" of "b" must be a function, got a number (1).'],
    [
      { name: 'a', children: [{ name: 'b', start, restart: 'maybe' }] },
      '"restart" of "b" must be one of always, on-failure, never, got a string ("maybe").',
    ],
    [
      { name: 'a', children: [{ name: 'b', start, stopTimeout: Number.NaN }] },
      '"stopTimeout" of "b" must be a number of milliseconds from 0 to 2147483647 or Infinity, got a number (NaN).',
    ],
    [
      { name: 'a', children: [{ name: 'b', start, forceTimeout: -1 }] },
      '"forceTimeout" of "b" must be a number of milliseconds from 0 to 2147483647 or Infinity, got a number (-1).',
    ],
    [
      { name: 'a', children: [], healthTimeout: '1' },
      '"healthTimeout" must be a number of milliseconds from 0 to 2147483647 or Infinity, got a string ("1").',
    ],
    [
      { name: 'a', children: [{ name: 'b', start, needs: 'c' }] },
      '"needs" of "b" must be an array of names, got a string ("c").',
    ],
    [
      { name: 'a', children: [{ name: 'b', start, needs: ['c'] }] },
      '"needs" of "b" must name siblings, got a string ("c"): there is none.',
    ],
    [{ name: 'a', children: [{ name: 'b', start, needs: ['b'] }] }, '"needs" must not go in a circle, got "b" → "b".'],
    [
      {
        name: 'a',
        children: [
          { name: 'a', start, needs: ['b'] },
          { name: 'b', start, needs: ['c'] },
          { name: 'c', start, needs: ['b'] },
        ],
      },
      '"needs" must not go in a circle, got "b" → "c" → "b".',
    ],
    [
      {
        name: 'a',
        children: [
          { name: 'b', start },
          { name: 'b', start },
        ],
      },
      '"children" must have different names, got "b" twice.',
    ],
    [
      { name: 'a', children: [], strategy: 'all' },
      '"strategy" must be one of one-for-one, rest-for-one, one-for-all, got a string ("all").',
    ],
    [
      { name: 'a', children: [], budget: { limit: -1, within: 1 } },
      '"budget.limit" must be a whole number or Infinity, got a number (-1).',
    ],
    [
      { name: 'a', children: [], budget: { limit: 1 } },
      '"budget.within" must be a number of milliseconds from 0 to 2147483647 or Infinity, got undefined.',
    ],
    [
      { name: 'a', children: [], backoff: { most: Infinity } },
      '"backoff.most" must be a number of milliseconds from 0 to 2147483647, got a number (Infinity).',
    ],
    [{ name: 'a', children: [], onEvent: 'log' }, '"onEvent" must be a function, got a string ("log").'],
    [{ name: 'a', children: [], clock: {} }, '"clock" must have now() and sleep(), got an object without.'],
  ])('refuses %j', (options, message) => {
    expect(() => createSupervisor(options as unknown as SupervisorOptions)).toThrow(new TypeError(message))
  })

  it('takes names that are properties of every object', async () => {
    const names = ['__proto__', 'constructor', 'toString', '日本 😀']
    const supervisor = createSupervisor({
      name: 'app',
      children: names.map((name, place) => ({ name, start, needs: names.slice(0, place) })),
    })
    await supervisor.start()
    expect(supervisor.tree().children?.map(({ name }) => name)).toEqual(names)
    await supervisor.stop()
  })

  it('takes a long chain of needs', () => {
    const children = Array.from({ length: 20_000 }, (_, place) => ({
      name: String(place),
      start,
      needs: place === 19_999 ? [] : [String(place + 1)],
    }))
    const { tree } = createSupervisor({ name: 'app', children })
    expect(tree().children?.[0]?.name).toBe('19999')
  })
})
