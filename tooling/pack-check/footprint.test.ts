import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeFiles } from '../write-files.ts'
import { compareBudget } from './budget.ts'
import { measureFootprint } from './footprint.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'footprint-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function install(path: string, manifest: object, bytes: number): void {
  const text = JSON.stringify(manifest)
  writeFiles(join(folder, 'node_modules', path), {
    'package.json': text,
    'lib/index.js': 'x'.repeat(bytes - text.length),
  })
}

describe('measureFootprint', () => {
  it('counts a package with all that comes with it, once', () => {
    install('@empire/greeting', { dependencies: { a: '1', b: '1' }, peerDependencies: { c: '1' } }, 10_000)
    install('a', { dependencies: { b: '1' } }, 2000)
    install('b', { dependencies: { a: '1' } }, 300)
    install('c', {}, 40)
    install('unrelated', {}, 50_000)
    expect(measureFootprint(folder, '@empire/greeting')).toEqual({ kilobytes: 13, dependencies: 3 })
  })

  it('prefers the nested copy, and counts its bytes there', () => {
    install('greeting', { dependencies: { a: '1' } }, 1000)
    install('greeting/node_modules/a', {}, 500)
    install('a', {}, 100_000)
    expect(measureFootprint(folder, 'greeting')).toEqual({ kilobytes: 2, dependencies: 1 })
  })

  it('does without optional packages that are not installed', () => {
    const manifest = {
      optionalDependencies: { a: '1' },
      peerDependencies: { b: '1' },
      peerDependenciesMeta: { b: { optional: true } },
    }
    install('greeting', manifest, 1000)
    expect(measureFootprint(folder, 'greeting')).toEqual({ kilobytes: 1, dependencies: 0 })
  })

  it('refuses a dependency that is not installed', () => {
    install('greeting', { dependencies: { a: '1' } }, 1000)
    expect(() => measureFootprint(folder, 'greeting')).toThrow(`a is not installed in ${folder}.`)
  })
})

describe('compareBudget', () => {
  const budgets = { default: { kilobytes: 100, dependencies: 1 }, '@empire/big': { kilobytes: 5000, dependencies: 3 } }

  it('accepts what is within the budget', () => {
    expect(compareBudget('@empire/big', { kilobytes: 5000, dependencies: 3 }, budgets)).toEqual([])
    expect(compareBudget('@empire/small', { kilobytes: 100, dependencies: 1 }, budgets)).toEqual([])
  })

  it('refuses what is over the budget, each measure apart', () => {
    expect(compareBudget('@empire/small', { kilobytes: 101, dependencies: 2 }, budgets)).toEqual([
      '101 kilobytes installed, budget 100 (tooling/pack-check/budgets.json)',
      '2 dependencies installed, budget 1 (tooling/pack-check/budgets.json)',
    ])
  })

  it('refuses a package without a budget', () => {
    expect(compareBudget('constructor', { kilobytes: 1, dependencies: 0 }, {})).toEqual([
      'constructor has no budget in tooling/pack-check/budgets.json',
    ])
  })
})
