import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { appendItem, Branch, listItems } from './branch.ts'
import { BranchFold } from './branch-fold.ts'

describe('BranchFold', () => {
  it('adds up the items of every list, each item once for all that share it', () => {
    const steps = fc.array(fc.record({ from: fc.nat(), cut: fc.nat(3), read: fc.boolean() }), { maxLength: 40 })
    fc.assert(
      fc.property(steps, (tree) => {
        const fold = new BranchFold<number, string>('')
        const added: number[] = []
        const step = (state: string, item: number, index: number): string => {
          added.push(item)
          return `${state}${index}:${item},`
        }
        const lists = [{ branch: new Branch<number>(), length: 0 }]
        for (const [item, { from, cut, read }] of tree.entries()) {
          const { branch, length } = lists[from % lists.length]!
          const kept = Math.max(length - cut, 0)
          const list = { branch: appendItem(branch, kept, item), length: kept + 1 }
          lists.push(list)
          if (read) fold.at(list.branch, list.length, step)
        }
        for (const { branch, length } of lists.toReversed()) {
          const expected = listItems(branch, length).map((item, index) => `${index}:${item},`)
          expect(fold.at(branch, length, step)).toBe(expected.join(''))
        }
        expect(new Set(added).size).toBe(added.length)
      }),
    )
  })

  it('goes on where a step threw', () => {
    const fold = new BranchFold<string, string>('')
    let branch = new Branch<string>()
    for (const [index, item] of ['a', 'b', 'c'].entries()) branch = appendItem(branch, index, item)
    let broken = true
    const step = (state: string, item: string): string => {
      if (broken && item === 'c') throw new Error('Not now')
      return state + item
    }
    expect(() => fold.at(branch, 3, step)).toThrow('Not now')
    broken = false
    expect(fold.at(branch, 3, step)).toBe('abc')
    expect(fold.at(branch, 0, step)).toBe('')
  })
})
