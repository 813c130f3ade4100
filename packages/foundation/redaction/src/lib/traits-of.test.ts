import { describe, expect, it } from 'vitest'
import { trait, traitsOf } from './traits-of.ts'

describe('traitsOf', () => {
  it.each([
    ['', 0],
    ['The capital of France is Paris.', 0],
    ['a - b, well-known', 0],
    ['fifteenletters_ fifteenletters_', 0],
    ['sixteenletters__', trait.run],
    ['a\tb\nc', 0],
    ['a:b', trait.separator],
    ['a=b', trait.separator],
    ['a --b', trait.dashes],
    ['Bearer x', trait.scheme],
    ['bearer x', trait.scheme],
    ['BEARER x', trait.scheme],
    ['Basic x', trait.scheme],
    ['basic x', trait.scheme],
    ['key: --sixteenletters__', trait.separator | trait.dashes | trait.run],
  ])('of %j', (text, traits) => {
    expect(traitsOf(text)).toBe(traits)
  })
})
