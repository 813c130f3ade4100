import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRedactor } from './create-redactor.ts'
import { findSecrets, redact, redactText } from './redact.ts'
import { secretShapes } from './secret-shapes.ts'

const key = `sk-ant-${'a1B2c3D4'.repeat(4)}`

function fail(): never {
  throw new Error('no')
}

describe('redact', () => {
  it('gives the value itself when there is nothing to hide', () => {
    const value = { name: 'me', list: [1, 'two', null], at: new Date(0), by: new Map([['a', new Set([1])]]) }
    expect(redact(value)).toBe(value)
  })

  it('hides secrets in texts, at any depth, and leaves the original alone', () => {
    const value = { a: [{ b: `the key is ${key}` }], n: 1 }
    expect(redact(value)).toEqual({ a: [{ b: 'the key is [redacted]' }], n: 1 })
    expect(value.a[0]?.b).toContain(key)
  })

  it('hides texts and numbers under a telling name, also in a list', () => {
    expect(redact({ password: 'x', pwd: 1234, secret: 5n, cookie: ['a=b', 'c=d'] })).toEqual({
      password: '[redacted]',
      pwd: '[redacted]',
      secret: '[redacted]',
      cookie: ['[redacted]', '[redacted]'],
    })
  })

  it('looks into what is neither', () => {
    const schema = { password: { type: 'string', minLength: 8 }, secret: null, token: undefined, cookie: true }
    expect(redact(schema)).toBe(schema)
    expect(redact({ credentials: { user: 'me', password: 'x' } })).toEqual({
      credentials: { user: 'me', password: '[redacted]' },
    })
  })

  it('knows tokens that are vocabulary', () => {
    const value = { token: 17, logprobs: [{ token: 'Hello', logprob: -0.1 }] }
    expect(redact(value)).toBe(value)
    expect(redact({ token: 'abc' })).toEqual({ token: '[redacted]' })
  })

  it('hides secrets in keys and keeps them apart', () => {
    expect(redact({ [key]: 1, [`${key}2`]: 2 })).toEqual({ '[redacted]': 1, '[redacted] (2)': 2 })
    expect(redact(new Map([[key, 1]]))).toEqual(new Map([['[redacted]', 1]]))
  })

  it('hides secrets under symbols', () => {
    const mark = Symbol('mark')
    expect(redact({ [mark]: key })).toEqual({ [mark]: '[redacted]' })
  })

  it('looks into maps and sets', () => {
    expect(redact(new Map([['password', 'x']]))).toEqual(new Map([['password', '[redacted]']]))
    expect(redact(new Set([key, 1]))).toEqual(new Set(['[redacted]', 1]))
    expect(redact(new Map([[{ password: 'x' }, 1]]))).toEqual(new Map([[{ password: '[redacted]' }, 1]]))
  })

  it('keeps errors errors: message, stack, cause and what they carry', () => {
    const error = new RangeError(`no ${key}`, { cause: new Error(`deep ${key}`) })
    const redacted = redact(Object.assign(error, { request: { headers: { authorization: 'x' } } }))
    expect(redacted).toBeInstanceOf(RangeError)
    expect(redacted.message).toBe('no [redacted]')
    expect((redacted.cause as Error).message).toBe('deep [redacted]')
    expect(redacted.stack).not.toContain(key)
    expect(redacted.request.headers.authorization).toBe('[redacted]')
    expect(Object.keys(redacted)).toEqual(['request'])
    expect(error.message).toContain(key)
  })

  it('takes what toJSON() shows', () => {
    const url = new URL(`https://me:hunter2@example.com/`)
    expect(redact({ url })).toEqual({ url: 'https://me:[redacted]@example.com/' })
    expect(redact(url)).toBe('https://me:[redacted]@example.com/')
    expect(redact(new URL('https://example.com/'))).toBeInstanceOf(URL)
    expect(redact({ config: { toJSON: () => ({ password: 'x' }) } })).toEqual({ config: { password: '[redacted]' } })
  })

  it('ends on a toJSON() that shows its owner', () => {
    const owner = { toJSON: () => ({ owner, password: 'x' }) }
    const redacted = redact([owner]) as unknown as [{ owner: unknown; password: string }]
    expect(redacted[0].password).toBe('[redacted]')
    expect(redacted[0].owner).toBe(redacted[0])
  })

  it('makes plain objects of instances that hold secrets', () => {
    class Client {
      apiKey = key
    }
    const redacted = redact(new Client())
    expect(redacted).toEqual({ apiKey: '[redacted]' })
    expect(Object.getPrototypeOf(redacted)).toBe(Object.prototype)
  })

  it('keeps circles and what is shared', () => {
    const shared = { password: 'x' }
    const value: Record<string, unknown> = { first: shared, second: shared }
    value['self'] = value
    const redacted = redact(value)
    expect(redacted['self']).toBe(redacted)
    expect(redacted['first']).toBe(redacted['second'])
    expect(redacted['first']).toEqual({ password: '[redacted]' })
  })

  it('treats __proto__ and constructor as names like any other', () => {
    const value = JSON.parse(`{"__proto__":{"password":"x"},"constructor":"${key}"}`) as object
    const redacted = redact(value)
    expect(JSON.stringify(redacted)).toBe('{"__proto__":{"password":"[redacted]"},"constructor":"[redacted]"}')
    expect(Object.getPrototypeOf(redacted)).toBe(Object.prototype)
  })

  it('takes frozen, sparse, deep and widely shared data', () => {
    expect(redact(Object.freeze([Object.freeze({ password: 'x' })]))).toEqual([{ password: '[redacted]' }])
    // oxlint-disable-next-line no-sparse-arrays -- holes are what is tested
    const sparse = redact([, key])
    expect([sparse.length, 0 in sparse, sparse[1]]).toEqual([2, false, '[redacted]'])
    let deep: unknown = key
    let wide: unknown = key
    for (let level = 0; level < 100_000; level++) deep = [deep]
    for (let level = 0; level < 60; level++) wide = [wide, wide]
    // Compared here, for the test runner would print them.
    expect(redact(deep) === deep).toBe(false)
    expect(redact(wide) === wide).toBe(false)
  })

  it.each([undefined, null, 3, true, 5n, Symbol.iterator, redactText, '', 'plain'])('gives back %s', (value) => {
    expect(redact(value)).toBe(value)
  })

  it('looks into bytes, as text or one by one', () => {
    expect(redact(Buffer.from(`é ${key}`)).toString()).toBe('é [redacted]')
    const binary = new Uint8Array([0xff, ...Buffer.from(key), 0x80])
    expect(redact({ binary }).binary).toEqual(new Uint8Array([0xff, ...Buffer.from('[redacted]'), 0x80]))
    expect(binary).toHaveLength(key.length + 2)
  })

  it('looks into what fetch and URLs are made of', () => {
    const headers = new Headers({ authorization: 'x', accept: 'text/plain' })
    expect([...redact(headers)]).toEqual([
      ['accept', 'text/plain'],
      ['authorization', '[redacted]'],
    ])
    expect(headers.get('authorization')).toBe('x')
    expect(String(redact(new URLSearchParams({ password: 'x', a: '1' })))).toBe('password=%5Bredacted%5D&a=1')
    const form = new FormData()
    form.set('password', 'x')
    form.set('file', new Blob(['x']))
    expect(redact(form).get('password')).toBe('[redacted]')
    expect(redact(form).get('file')).toBeInstanceOf(Blob)
    expect(redact(new Request('https://example.com/?key=abcdef12'))).toMatchObject({
      url: 'https://example.com/?key=[redacted]',
    })
    expect(redact(new Response('', { headers: { 'set-cookie': 'a=b' } }))).toMatchObject({ status: 200 })
    expect(redact(new Headers())).toBeInstanceOf(Headers)
  })

  it('hides values beside the names of secrets', () => {
    expect(redact([{ name: 'DB_PASSWORD', value: 'x' }])).toEqual([{ name: 'DB_PASSWORD', value: '[redacted]' }])
    expect(redact({ rawHeaders: ['Cookie', 'a=b', 'Accept', '*/*'] })).toEqual({
      rawHeaders: ['Cookie', '[redacted]', 'Accept', '*/*'],
    })
    const names = { required: ['cookie', 'authorization', 'password'] }
    expect(redact(names)).toBe(names)
  })

  it('hides what shows itself as a text, bytes or a set under a telling name', () => {
    const value = {
      // oxlint-disable-next-line no-new-wrappers -- a wrapper is what is tested
      password: new String('x'),
      secret: { toJSON: () => 'x' },
      connectionString: new URL('redis://cache'),
      apiKey: Buffer.from('x'),
      passwords: new Set(['x']),
      cookies: [['sid', 'x']],
    }
    expect(redact(value)).toEqual({
      password: '[redacted]',
      secret: '[redacted]',
      connectionString: '[redacted]',
      apiKey: '[redacted]',
      passwords: new Set(['[redacted]']),
      cookies: [['[redacted]', '[redacted]']],
    })
  })

  it('leaves folders, references and places to fill in under a telling name', () => {
    const value = {
      PWD: '/home/me',
      token: '$TOKEN',
      apiKey: 'YOUR_API_KEY',
      password: '<your password>',
      secret: 'required',
    }
    expect(redact(value)).toBe(value)
  })

  it('hides secrets in the names of symbols', () => {
    expect(String(redact(Symbol(key)))).toBe('Symbol([redacted])')
  })

  it('keeps what a DOMException says', () => {
    const redacted = redact(new DOMException(`no ${key}`, 'DataError'))
    expect([redacted.name, redacted.message]).toEqual(['DataError', 'no [redacted]'])
  })

  it('never throws: what cannot be read is marked in a copy', () => {
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    const hostile = {
      get a() {
        return fail()
      },
      b: { toJSON: fail },
      c: proxy,
      d: new Proxy({}, { ownKeys: fail }),
    }
    const marked = { a: '[unreadable]', b: '[unreadable]', c: '[unreadable]', d: {} }
    expect(redact(hostile)).toEqual(marked)
    expect(redact(proxy)).toBe('[unreadable]')
    expect(redact({ hostile, password: 'x' })).toEqual({ hostile: marked, password: '[redacted]' })
  })

  it('leaves dates, and bytes without a secret, alone', () => {
    const value = { password: 'x', at: new Date(0), bytes: new Uint8Array([1, 2]) }
    expect(redact(value)).toEqual({ ...value, password: '[redacted]' })
    expect(redact(value).bytes).toBe(value.bytes)
  })
})

const fragments = fc.array(
  fc.oneof(
    fc.constantFrom('password', 'token', 'Bearer ', 'Basic ', 'cookie: ', 'authorization:', '--secret ', 'api_key'),
    fc.constantFrom('"', "'", '\\', '=', ': ', '://', '@', '?key=', '\n', '[redacted]', 'eyJ', '.', 'sk-', '-----'),
    fc.constantFrom('-----BEGIN PRIVATE KEY-----', '-----END PRIVATE KEY-----', 'ghp_', 'abc123', '0', '😀', '\ud800'),
    fc.string({ unit: 'binary', maxLength: 12 }),
  ),
  { maxLength: 24 },
)

const name = fc.constantFrom('password', 'apiKey', 'user', 'cookie', 'a"b', 'token')
const value = fc.oneof(fc.string(), fc.integer(), fc.constantFrom(key, `see ${key}`, 'https://a:b@c', null, true))

describe('redactText', () => {
  it('hides a key wherever it stands', () => {
    fc.assert(
      fc.property(fragments, fragments, (before, after) => {
        const text = `${before.join('')} ${key} ${after.join('')}`
        expect(redactText(text)).not.toContain(key)
      }),
    )
  })

  it('keeps JSON valid, and hides nothing more when it is done again', () => {
    fc.assert(
      fc.property(fc.array(fc.dictionary(name, value)), fc.constantFrom(0, 2), (data, indent) => {
        const once = redactText(JSON.stringify(data, undefined, indent))
        expect(() => JSON.parse(once)).not.toThrow()
        expect(redactText(once)).toBe(once)
        const redacted = redact(data)
        expect(redact(redacted)).toBe(redacted)
      }),
    )
  })

  it('is linear on hostile text', () => {
    const hostile = [
      'a',
      ' ',
      '-',
      '"',
      '\\',
      '- ',
      '--a-',
      '://a:',
      'b@',
      '?key=',
      '1:AA',
      '-eyJ',
      'eyJaaaaaaaa.',
      'sk-',
    ]
    hostile.push('basic ', 'Bearer ', 'token ', 'password: ', 'password="', 'password=\\"', 'cookie: a=b ')
    hostile.push(
      '-----BEGIN PRIVATE KEY-----',
      '<password>',
      '["cookie",',
      '%25',
      '\\u002d',
      '&quot;',
      'name="password"\r\n',
    )
    for (const part of hostile) {
      const text = part.repeat(100_000 / part.length)
      expect(redactText(`password="${text}`).length).toBeLessThan(200_100)
      expect(redactText(`://a:${text}`).length).toBeLessThan(200_100)
      expect(redactText(`-----BEGIN PRIVATE KEY-----${text}`).length).toBeLessThan(200_100)
      expect(redactText(text).length).toBeLessThan(200_100)
    }
  })

  it('refuses what is not a text', () => {
    expect(() => redactText(3 as never)).toThrow(new TypeError('"text" must be a string, got a number.'))
  })
})

describe('findSecrets', () => {
  it('says where secrets stand, in order and without overlap', () => {
    expect(findSecrets(`a=${key} password: ${key}`)).toEqual([
      { start: 2, end: 2 + key.length, shape: 'api-key', replacement: '[redacted]' },
      { start: 13 + key.length, end: 13 + 2 * key.length, shape: 'named', replacement: '[redacted]' },
    ])
  })
})

describe('createRedactor', () => {
  it('hides secrets that it is told, however they are written', () => {
    const { redactText: hide } = createRedactor({ secrets: ['p"w/1', 'zz'] })
    expect(hide(`p"w/1 ${JSON.stringify('p"w/1')} ${encodeURIComponent('p"w/1')} zzz`)).toBe(
      '[redacted] "[redacted]" [redacted] [redacted]z',
    )
  })

  it('hides shapes that it is told', () => {
    const { redact: hide } = createRedactor({ shapes: [{ name: 'badge', pattern: /badge-(\d+)/ }] })
    expect(hide({ text: 'badge-17 and badge-18' })).toEqual({ text: 'badge-[redacted] and badge-[redacted]' })
  })

  it('is not confused by a pattern in use elsewhere', () => {
    const shape = { name: 'badge', pattern: /badge/gy }
    const { redactText: hide } = createRedactor({ shapes: [shape] })
    shape.pattern.lastIndex = 3
    expect(hide('a badge')).toBe('a [redacted]')
    expect(shape.pattern.lastIndex).toBe(3)
  })

  it('does not end on a pattern that matches nothing', () => {
    expect(createRedactor({ shapes: [{ name: 'empty', pattern: /x*/u }] }).redactText('axb😀')).toBe('a[redacted]b😀')
  })

  it.each([
    [{ secrets: [''] }, '"secrets" must hold strings that are not empty.'],
    [{ secrets: [3] }, '"secrets" must hold strings that are not empty.'],
    [{ secrets: 'abc' }, '"secrets" must be an array, got a string.'],
    [
      { shapes: [{ name: 'a', pattern: 'x' }] },
      '"shapes" must have regular expressions as patterns, got a string for "a".',
    ],
    [{ shapes: [{ name: 3, pattern: /x/ }] }, '"shapes" must have names, got a number.'],
  ])('refuses %j', (options, message) => {
    expect(() => createRedactor(options as never)).toThrow(new TypeError(message))
  })

  it('shares a list that nobody can change', () => {
    expect(Object.isFrozen(secretShapes)).toBe(true)
    expect(secretShapes.every((shape) => Object.isFrozen(shape))).toBe(true)
  })
})
