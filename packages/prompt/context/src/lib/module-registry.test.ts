import type { TemplateFunction } from '@empire/template'
import { describe, expect, it } from 'vitest'
import { type ModuleRegistry, type RegisteredModule, registerModule } from './module-registry.ts'
import { PersistentMap } from './persistent-map.ts'

/** Registers one after the other, and gives the names. */
function namesOf(...functions: TemplateFunction[]): string[] {
  let registry: ModuleRegistry = new PersistentMap<RegisteredModule>()
  return functions.map((render) => {
    const [name, longer] = registerModule(registry, render)
    registry = longer
    expect(longer.get(name)?.render).toBe(render)
    return name
  })
}

/** A function of this name. */
function named(name: string): TemplateFunction {
  return { [name]: () => '' }[name]!
}

describe('registerModule', () => {
  it('names a function as it names itself, and once', () => {
    const greet = named('greet')
    expect(namesOf(greet, greet, named('bye'), greet)).toEqual(['greet', 'greet', 'bye', 'greet'])
    expect(namesOf(named(''), named('__proto__'))).toEqual(['module', '__proto__'])
  })

  it('numbers namesakes, so that none takes the place of another', () => {
    const second = named('a')
    expect(namesOf(named('a'), second, second, named('a'))).toEqual(['a', 'a_2', 'a_2', 'a_3'])
    expect(namesOf(named('a_2'), named('a'), named('a'), named('a_2'))).toEqual(['a_2', 'a', 'a_3', 'a_2_2'])
  })

  it('names 10,000 of them without looking at each', () => {
    const names = namesOf(...Array.from({ length: 10_000 }, () => named('a')))
    expect(names.at(-1)).toBe('a_10000')
    expect(new Set(names).size).toBe(10_000)
  })
})
