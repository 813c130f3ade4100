import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { appendItem, Branch, listItems } from './branch.ts'

interface List {
  readonly branch: Branch<number>
  readonly length: number
  /** What the list has to be. */
  readonly expected: readonly number[]
}

/** Where to go on from, as a part of all lists there are, and how much of that list to keep. */
const steps = fc.array(
  fc.record({ ancestor: fc.double({ min: 0, max: 1, noNaN: true }), keep: fc.constantFrom(1, 1, 1, 0.5, 0) }),
)

describe('appendItem', () => {
  it('gives what copying would, from any ancestor cut at any length', () => {
    fc.assert(
      fc.property(steps, fc.nat(10), (tree, start) => {
        const lists: List[] = [{ branch: new Branch(), length: 0, expected: [] }]
        for (const [item, { ancestor, keep }] of tree.entries()) {
          const from = lists[Math.floor(ancestor * (lists.length - 1))] as List
          const length = Math.floor(from.length * keep)
          lists.push({
            branch: appendItem(from.branch, length, item),
            length: length + 1,
            expected: [...from.expected.slice(0, length), item],
          })
        }
        for (const { branch, length, expected } of lists) {
          expect(listItems(branch, length)).toEqual(expected)
          expect(listItems(branch, length, start)).toEqual(expected.slice(start))
        }
      }),
    )
  })

  it('shares the items of an ancestor instead of copying them', () => {
    let branch = new Branch<number>()
    for (let item = 0; item < 1000; item++) branch = appendItem(branch, item, item)
    const fork = appendItem(branch, 500, -1)
    expect(fork.parent).toBe(branch)
    expect(fork.items).toEqual([-1])
    expect(appendItem(branch, 1000, 1000)).toBe(branch)
  })

  it('lists 10,000 branches on top of each other', () => {
    let branch = appendItem(new Branch<number>(), 0, 0)
    for (let length = 1; length < 10_000; length++) {
      appendItem(branch, length, -1)
      branch = appendItem(branch, length, length)
    }
    expect(listItems(branch, 10_000)).toEqual(Array.from({ length: 10_000 }, (_, index) => index))
  })
})
