import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareAssigns } from './compare-assigns.ts'
import { formatPath } from './format-path.ts'
import type { TemplateVariable } from './template-engine.ts'

function variable(...path: (string | number)[]): TemplateVariable {
  return { name: formatPath(path), path }
}

/** The lists of a report, as names. */
function compare(variables: readonly TemplateVariable[], assigns: object): Record<string, readonly string[]> {
  const { missing, misspelt, unused } = compareAssigns(variables, { ...assigns })
  return {
    missing: missing.map(({ name }) => name),
    misspelt: misspelt.map(({ name, given }) => `${name} → ${given}`),
    unused,
  }
}

const nothing = { missing: [], misspelt: [], unused: [] }

describe('compareAssigns', () => {
  it('finds nothing where everything is given and taken', () => {
    expect(
      compare([variable('user', 'name'), variable('items')], { user: { name: 'Ada', age: 36 }, items: [] }),
    ).toEqual(nothing)
  })

  it('tells missing, misspelt and unused apart', () => {
    const variables = [variable('language'), variable('user', 'nmae'), variable('qestion')]
    expect(compare(variables, { user: { name: 'Ada' }, question: '?', tone: 'dry' })).toEqual({
      missing: ['language'],
      misspelt: ['user.nmae → user.name', 'qestion → question'],
      unused: ['tone'],
    })
  })

  it('takes null for a value, undefined for none', () => {
    expect(compare([variable('a'), variable('b')], { a: null, b: undefined })).toMatchObject({ missing: ['b'] })
    expect(compare([variable('user', 'name')], { user: null })).toMatchObject({ missing: ['user.name'] })
  })

  it('follows indexes of arrays, from the end too', () => {
    const variables = [variable('list', 0, 'id'), variable('list', -1, 'id'), variable('list', 2, 'id')]
    expect(compare(variables, { list: [{ id: 1 }, { id: 2 }] })).toEqual({ ...nothing, missing: ['list[2].id'] })
  })

  it('does not judge what only an engine knows of a value', () => {
    const variables = ['list', 'text', 'day', 'map', 'number', 'call'].map((name) => variable(name, 'size'))
    const assigns = { list: [], text: '', day: new Date(0), map: new Map(), number: 1, call: () => 1 }
    expect(compare(variables, assigns)).toEqual(nothing)
  })

  it('takes own properties only', () => {
    expect(compare([variable('constructor'), variable('a', '__proto__')], { a: {} })).toMatchObject({
      missing: ['constructor', 'a.__proto__'],
    })
    const assigns = JSON.parse('{ "__proto__": { "constructor": 1 } }') as object
    expect(compare([variable('__proto__', 'constructor')], assigns)).toMatchObject({ missing: [] })
  })

  it('puts every variable into one list at most, and every value is taken, meant or unused', () => {
    const key = fc.constantFrom('name', 'nmae', 'age', 'x', '__proto__')
    const path = fc.array(fc.oneof(key, fc.nat(2)), { minLength: 1, maxLength: 3 })
    const values = fc.dictionary(
      key,
      fc.oneof(fc.dictionary(key, fc.constant(1)), fc.array(fc.constant(1)), fc.constant(null)),
    )
    fc.assert(
      fc.property(fc.array(path.map((keys) => variable(...keys))), values, (variables, assigns) => {
        const { missing, misspelt, unused } = compareAssigns(variables, assigns)
        expect(missing.length + misspelt.length).toBeLessThanOrEqual(variables.length)
        const taken = new Set(variables.map((item) => String(item.path[0])))
        for (const name of unused) expect(taken.has(name)).toBe(false)
        for (const name of Object.keys(assigns)) {
          const meant = misspelt.some(({ given }) => given === name)
          expect(unused.includes(name)).toBe(!taken.has(name) && !meant)
        }
      }),
    )
  })

  it('stops looking for slips where that would take long', () => {
    const variables = Array.from({ length: 3000 }, (_, index) => variable(`variable-number-${index}-misspelt`))
    const assigns = Object.fromEntries(variables.map(({ name }) => [`${name}s`, 1]))
    const { missing, misspelt } = compareAssigns(variables, assigns)
    expect([missing.length, misspelt.length]).toEqual([2994, 6])
  })

  it('refuses what are no values', () => {
    expect(() => compareAssigns([], null as unknown as {})).toThrow(
      new TypeError('Expected "assigns" to be an object of values by name, got null.'),
    )
  })
})
