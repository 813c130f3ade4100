import { describe, expect, it } from 'vitest'
import { checkTemplateSource } from './template-source.ts'

describe('checkTemplateSource', () => {
  it.each([
    ['a text', { inline: 'a text' }],
    ['', { inline: '' }],
    [{ inline: 'a' }, { inline: 'a' }],
    [{ file: 'a.liquid' }, { file: 'a.liquid' }],
    [{ file: 'a', inline: undefined }, { file: 'a' }],
    [{ module: 'greeting' }, { module: 'greeting' }],
  ])('of %j is %j, frozen', (value, source) => {
    expect(checkTemplateSource(value)).toEqual(source)
    expect(Object.isFrozen(checkTemplateSource(value))).toBe(true)
  })

  it.each([
    [undefined],
    [null],
    [3],
    [{}],
    [[]],
    [{ inline: 'a', file: 'b' }],
    [{ file: 3 }],
    [{ module: 'a', inline: 'a' }],
    [{ text: 'a' }],
  ])('refuses %j', (value) => {
    expect(() => checkTemplateSource(value)).toThrow(TypeError)
  })

  it('says what was expected and what came', () => {
    expect(() => checkTemplateSource(3, 'template')).toThrow(
      'Expected "template" to be { inline: text }, { file: path } or { module: name }, got a number (3).',
    )
  })
})
