import { describe, expect, it, onTestFinished } from 'vitest'
import { createFixtureWorkspace } from '../fixture-workspace.ts'
import type { Matrix } from '../layers.ts'
import { type PackageRequest, refuseRequest } from './package-request.ts'

const matrix: Matrix = { foundation: { errors: { runtime: [] } }, llm: {}, tests: {} }

const request: PackageRequest = { floor: 'llm', name: 'llm-eta', sentence: 'A model.' }

function refusalsOf(change: Partial<PackageRequest>): string[] {
  const workspace = createFixtureWorkspace({ 'packages/llm/left-over/a.ts': '', '.changeset/gone.md': '' })
  onTestFinished(() => workspace.remove())
  return refuseRequest(workspace.root, matrix, { ...request, ...change })
}

describe('refuseRequest', () => {
  it.each(['cache', 'cache-redis', 'x2', 'constructor'])('accepts the name %s', (name) => {
    expect(refusalsOf({ name })).toEqual([])
  })

  it.each(['cellar', 'tests', '', '__proto__'])('refuses the layer "%s"', (floor) => {
    expect(refusalsOf({ floor })).toEqual([`There is no layer "${floor}" to put it on. There are: foundation, llm.`])
  })

  it.each([
    '',
    'Cache',
    'cache_redis',
    'cache--redis',
    '-cache',
    '2cache',
    '../cache',
    '@empire/cache',
    'cachÉ',
    'a b',
  ])('refuses the name "%s"', (name) => {
    expect(refusalsOf({ name })).toEqual([`"${name}" is not in kebab-case. A name is like: cache, cache-redis.`])
  })

  it.each([
    ['errors', 'it has a row in tooling/layers.ts, on foundation'],
    ['left-over', 'there is a folder packages/llm/left-over'],
    ['gone', 'there is a changeset .changeset/gone.md'],
  ])('refuses %s, which is taken', (name, reason) => {
    expect(refusalsOf({ name })).toEqual([`"${name}" is taken: ${reason}.`])
  })

  it('refuses a name that says nothing', () => {
    expect(refusalsOf({ name: 'utils' })).toEqual([
      '"utils" says nothing. Name the package after the one thing that it is.',
    ])
  })

  it.each(['', '.', 'A model', ' A model.', 'A model. ', 'A model…', 'Two\nlines.', 'A model...'])(
    'refuses the sentence %j',
    (sentence) => {
      expect(refusalsOf({ sentence })).toEqual([
        `The description should be one sentence on one line that ends in a period, but it is ${JSON.stringify(sentence)}.`,
      ])
    },
  )

  it('tells everything that is wrong at once', () => {
    expect(refusalsOf({ floor: 'cellar', name: 'errors', sentence: 'None' }).length).toBe(3)
  })
})
