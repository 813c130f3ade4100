import { chatOverhead } from '@empire/tokens'
import { tokenCounterCases } from '@empire/tokens/conformance'
import { gptEncodings, UnknownTokenError } from '@empire/tokens/gpt'
import { modelToEncodingMap } from 'gpt-tokenizer/mapping'
import { describe, expect, it } from 'vitest'
import { createGptCounter } from './gpt-counter.ts'

describe.each(gptEncodings)('createGptCounter({ encoding: "%s" })', (encoding) => {
  it.each(tokenCounterCases(() => createGptCounter({ encoding })))('$name', { timeout: 60_000 }, ({ run }) => {
    expect(run).not.toThrow()
  })

  it('decodes what it encoded', () => {
    const { encode, decode } = createGptCounter({ encoding })
    const text = '\uFEFFPrice:\t10\u00A0€ 😀\r\n\0 日本語 <|endoftext|>'
    expect(decode(encode(text))).toBe(text)
  })
})

describe('createGptCounter', () => {
  it('goes by o200k_base unless told otherwise', () => {
    expect(createGptCounter()).toMatchObject({ name: 'o200k_base', exact: true, encoding: 'o200k_base' })
    expect(createGptCounter({ encoding: undefined, model: undefined }).encoding).toBe('o200k_base')
  })

  it('takes the encoding of a model', () => {
    expect(createGptCounter({ model: 'gpt-4' }).encoding).toBe('cl100k_base')
  })

  it('knows the models of gpt-tokenizer, by the same encodings', () => {
    // These differ in special tokens alone.
    const alike: Record<string, string> = { o200k_harmony: 'o200k_base', p50k_edit: 'p50k_base', gpt2: 'r50k_base' }
    const theirs = Object.entries<string>(modelToEncodingMap).map(([model, encoding]) => [
      model,
      alike[encoding] ?? encoding,
    ])
    expect(theirs.length).toBeGreaterThan(50)
    expect(theirs.map(([model = '']) => [model, createGptCounter({ model }).encoding])).toEqual(theirs)
  })
})

describe('count', () => {
  // The example of the OpenAI cookbook and the numbers that the API answered with.
  const messages = [
    {
      content: 'You are a helpful, pattern-following assistant that translates corporate jargon into plain English.',
    },
    { name: 'example_user', content: 'New synergies will help drive top-line growth.' },
    { name: 'example_assistant', content: 'Things working well together will increase revenue.' },
    {
      name: 'example_user',
      content: "Let's circle back when we have more bandwidth to touch base on opportunities for increased leverage.",
    },
    {
      name: 'example_assistant',
      content: "Let's talk later when we're less busy about how to do better.",
    },
    { content: "This late pivot means we don't have time to boil the ocean for the client deliverable." },
  ]

  it.each([
    ['gpt-4', 129],
    ['gpt-3.5-turbo', 129],
    ['gpt-4o', 124],
    ['gpt-4o-mini', 124],
  ])('makes with the chat overhead of %s what the API counts', (model, tokens) => {
    const { count } = createGptCounter()
    const { perMessage, perName, perReply } = chatOverhead(model)
    const total = messages.reduce(
      (sum, { name, content }) =>
        sum + count(content, { model }) + perMessage + (name === undefined ? 0 : count(name, { model }) + perName),
      perReply,
    )
    expect(total).toBe(tokens)
  })

  it('goes by the model of the call, from call to call', () => {
    const { count } = createGptCounter()
    const text = '日本語のテキスト'
    const o200k = count(text)
    const cl100k = createGptCounter({ encoding: 'cl100k_base' }).count(text)
    expect(o200k).not.toBe(cl100k)
    expect([
      count(text, { model: 'gpt-4' }),
      count(text),
      count(text, { model: 'gpt-4o' }),
      count(text, { model: 'gpt-4' }),
    ]).toEqual([cl100k, o200k, o200k, cl100k])
  })
})

describe('encode', () => {
  it('reads special tokens as plain text', () => {
    expect(createGptCounter().encode('<|endoftext|>')).toEqual([27, 91, 419, 1440, 919, 91, 29])
  })

  it('reads a lone surrogate as the replacement character', () => {
    const { encode } = createGptCounter()
    expect(encode('a\uD800b')).toEqual(encode('a\uFFFDb'))
  })

  it('refuses what is no text', () => {
    expect(() => createGptCounter().encode(3 as never)).toThrow(
      new TypeError('Expected "text" to be a string, got a number (3).'),
    )
  })
})

describe('decode', () => {
  const { decode, encode } = createGptCounter()

  it('gives the replacement character for half a character', () => {
    const tokens = encode('🜁')
    expect(tokens.length).toBeGreaterThan(1)
    expect(decode(tokens.slice(0, 1))).toBe('\uFFFD')
  })

  it('takes typed arrays', () => {
    expect(decode(Uint32Array.from(encode('some text')))).toBe('some text')
  })

  it('gives nothing for nothing', () => {
    expect(decode([])).toBe('')
  })

  it.each([-1, 0.5, Number.NaN, Infinity, 199_999, 1e9, '5', undefined])('refuses the token %s', (token) => {
    expect(() => decode([0, token as never])).toThrow(UnknownTokenError)
  })

  it('refuses the id that no token has', () => {
    expect(() => createGptCounter({ encoding: 'p50k_base' }).decode([50_256])).toThrow(
      'Expected tokens of p50k_base, got a number (50256). Decode with the encoding that encoded; special tokens have no text.',
    )
  })

  it.each([undefined, null, 5, 'text'])('refuses %s in place of tokens', (tokens) => {
    expect(() => decode(tokens as never)).toThrow(/^Expected "tokens" to be an array of numbers, got /)
  })
})
