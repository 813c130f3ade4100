import { describe, expect, it } from 'vitest'
import { matrix, type Row } from '../layers.ts'
import { checkMatrix } from './check-matrix.ts'

const runtime: string[] = []

describe('checkMatrix', () => {
  it('accepts the matrix of this repository', () => {
    expect(checkMatrix(matrix)).toEqual([])
  })

  it('lets tests close a circle: nobody imports them', () => {
    expect(
      checkMatrix({
        foundation: { errors: { runtime, test: ['test-support'] }, 'test-support': { runtime: ['errors'] } },
      }),
    ).toEqual([])
  })

  it.each<[string, Record<string, Row>, Record<string, Row>, string[]]>([
    [
      'a package of a higher floor',
      { errors: { runtime: ['template'] } },
      { template: { runtime } },
      ["The row of errors lists 'template' in `runtime`: template is on a higher floor (prompt is above foundation)."],
    ],
    [
      'a package of a higher floor for tests',
      { errors: { runtime, test: ['template'] } },
      { template: { runtime } },
      ["The row of errors lists 'template' in `test`: template is on a higher floor (prompt is above foundation)."],
    ],
    [
      'an adapter in the row of its contract, which closes a circle too',
      {},
      { template: { runtime: ['eta'] }, eta: { runtime: ['template'], adapterOf: 'template' } },
      [
        "The row of template lists 'eta' in `runtime`: eta is an adapter of template, and a contract does not know its adapters.",
        'The rows close a circle: template → eta → template.',
      ],
    ],
    [
      'a sibling',
      { template: { runtime } },
      {
        eta: { runtime: ['template'], adapterOf: 'template' },
        liquid: { runtime: ['template', 'eta'], adapterOf: 'template' },
      },
      [
        "The row of liquid lists 'eta' in `runtime`: both are adapters of template, and an adapter does not know its siblings.",
      ],
    ],
    [
      'an adapter of another contract in the row of an adapter',
      { cache: { runtime }, redis: { runtime: ['cache'], adapterOf: 'cache' } },
      { template: { runtime }, eta: { runtime: ['template'], adapterOf: 'template', test: ['redis'] } },
      [
        "The row of eta lists 'redis' in `test`: redis is an adapter of cache, and an adapter imports no other adapter.",
      ],
    ],
    [
      'an adapter that does not import its contract',
      { cache: { runtime }, redis: { runtime, adapterOf: 'cache' } },
      {},
      ["The row of redis says adapterOf 'cache', but its `runtime` does not list that contract."],
    ],
    [
      'a package that has no row',
      { errors: { runtime: ['constructor'] } },
      {},
      ["The row of errors lists 'constructor' in `runtime`: constructor has no row."],
    ],
    [
      'a package in its own row',
      { errors: { runtime: ['errors'] } },
      {},
      ["The row of errors lists 'errors' in `runtime`: that is itself."],
    ],
    [
      'a circle of three',
      { a: { runtime: ['b'] }, b: { runtime: ['c'] }, c: { runtime: ['a'] } },
      {},
      ['The rows close a circle: a → b → c → a.'],
    ],
    [
      'two rows of one name',
      { a: { runtime } },
      { a: { runtime } },
      ['a has more than one row: on foundation and prompt.'],
    ],
    ['a name that is no folder', { 'A.b': { runtime } }, {}, ["The row 'A.b' is not named in kebab-case."]],
    [
      'a library in two rows',
      { a: { runtime, wraps: ['lunr'] }, b: { runtime, wraps: ['lunr'] } },
      {},
      ['The rows of a and b both wrap lunr: a library belongs to one package.'],
    ],
  ])('refuses %s', (_, foundation, prompt, faults) => {
    expect(checkMatrix({ foundation, prompt })).toEqual(faults)
  })

  it('refuses run-time packages in the row of a test package', () => {
    expect(checkMatrix({ llm: { llm: { runtime } }, tests: { journeys: { runtime: ['llm'] } } })).toEqual([
      'The row of journeys lists run-time packages, but all code on the floor tests is test code.',
    ])
  })
})
