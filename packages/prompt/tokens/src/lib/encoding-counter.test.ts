import { describe, expect, it, vi } from 'vitest'
import { createEncodingCounter, type Encoding, type GptCounter, type GptCounterOptions } from './encoding-counter.ts'
import type { GptEncoding } from './gpt-encoding-of.ts'
import { tokenCounterCases } from './token-counter-cases.ts'
import { UnknownModelError } from './unknown-model-error.ts'

/** One token a byte, or one a character for `cl100k_base`. */
function load(name: GptEncoding): Encoding {
  const characters = name === 'cl100k_base'
  return {
    count: (text) => (characters ? [...text].length : Buffer.byteLength(text)),
    encode: (text) => [...Buffer.from(text)],
    decode: (tokens) => Buffer.from([...tokens]).toString(),
  }
}

function create(options: GptCounterOptions = {}): GptCounter {
  return createEncodingCounter(options, load)
}

describe('createEncodingCounter', () => {
  it.each(tokenCounterCases(create))('$name', ({ run }) => {
    expect(run).not.toThrow()
  })

  it('goes by o200k_base, an encoding, or what a model reads', () => {
    expect(create()).toMatchObject({ name: 'o200k_base', exact: true, encoding: 'o200k_base' })
    expect(create({ encoding: undefined, model: undefined }).encoding).toBe('o200k_base')
    expect(create({ encoding: 'p50k_base' })).toMatchObject({ name: 'p50k_base', encoding: 'p50k_base' })
    expect(create({ model: 'gpt-4' }).encoding).toBe('cl100k_base')
  })

  it('loads an encoding when it is used', () => {
    const loadOnce = vi.fn<(name: GptEncoding) => Encoding>(load)
    const { count } = createEncodingCounter({}, loadOnce)
    expect(loadOnce).not.toHaveBeenCalled()
    count('text', { model: 'gpt-4' })
    expect(loadOnce.mock.calls).toEqual([['cl100k_base']])
  })

  it('goes by the model of a call', () => {
    const { count, encode, decode, nameFor } = create()
    expect([count('é'), count('é', { model: 'gpt-4' }), count('é', { model: 'gpt-4o' })]).toEqual([2, 1, 2])
    expect(decode(encode('é', { model: 'gpt-4' }), { model: 'gpt-4' })).toBe('é')
    expect([nameFor('gpt-4'), nameFor('gpt-4o')]).toEqual(['cl100k_base', 'o200k_base'])
  })

  it('refuses a model it does not know', () => {
    expect(() => create({ model: 'claude-sonnet-4-5' })).toThrow(UnknownModelError)
  })

  it('counts on after it has refused a model', () => {
    const { count } = create()
    expect(() => count('text', { model: 'no-such-model' })).toThrow(UnknownModelError)
    expect(() => count('text', { model: 'no-such-model' })).toThrow(UnknownModelError)
    expect(count('text', { model: 'gpt-4' })).toBe(4)
  })

  it('cannot be told two things', () => {
    expect(() => create({ encoding: 'o200k_base', model: 'gpt-4' } as never)).toThrow(
      new TypeError('Expected either "encoding" or "model", got both.'),
    )
  })

  it.each<[unknown, string]>([
    ['gpt-4', '"options" must be an object, got a string ("gpt-4").'],
    [null, '"options" must be an object, got null.'],
    [{ modell: 'gpt-4' }, '"options" has no key "modell". Did you mean "model"?'],
  ])('refuses %j as options', (options, message) => {
    expect(() => create(options as never)).toThrow(new TypeError(message))
  })

  it.each(['no-such-encoding', '__proto__', ''])('refuses the encoding "%s"', (encoding) => {
    expect(() => create({ encoding: encoding as never })).toThrow(
      new TypeError(
        `Expected "encoding" to be one of o200k_base, cl100k_base, p50k_base, r50k_base, got a string ("${encoding}").`,
      ),
    )
  })

  it.each([null, 3, {}])('refuses %s as a model', (model) => {
    expect(() => create({ model: model as never })).toThrow(TypeError)
    expect(() => create().count('text', { model: model as never })).toThrow(TypeError)
  })

  it.each<[unknown, string]>([
    ['gpt-4', '"options" must be an object, got a string ("gpt-4").'],
    [null, '"options" must be an object, got null.'],
    [{ modle: 'gpt-4' }, '"options" has no key "modle". Did you mean "model"?'],
  ])('refuses %j as options of a call', (options, message) => {
    const { count, encode, decode } = create()
    for (const call of [count, encode]) expect(() => call('text', options as never)).toThrow(new TypeError(message))
    expect(() => decode([1], options as never)).toThrow(new TypeError(message))
  })

  it.each<[unknown, string]>([
    [Number.NaN, 'a number (NaN)'],
    [-1, 'a number (-1)'],
    [null, 'null'],
    ['5', 'a string ("5")'],
  ])('refuses the limit %s', (limit, came) => {
    expect(() => create().count('text', { limit: limit as never })).toThrow(
      new TypeError(`Expected "limit" to be a number of tokens from 0 upwards, got ${came}.`),
    )
  })
})
