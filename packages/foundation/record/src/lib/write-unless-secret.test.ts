import { redact } from '@empire/redaction'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from './canonical-json.ts'
import { shareContent } from './shared-content.ts'
import { writeUnlessSecret } from './write-unless-secret.ts'

const key = 'sk-ant-api03-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'
const texts = fc.oneof(
  fc.string(),
  fc.constantFrom(key, `Bearer ${key}`, 'a=b', 'cookie', 'x-api-key', 'hunter2', 'password', '-----'),
)
const names = fc.oneof(
  fc.string(),
  fc.constantFrom('password', 'token', 'name', 'key', 'value', 'Value', 'logprob', 'cookie', '__proto__', key),
)
const { data } = fc.letrec((tie) => ({
  data: fc.oneof(
    { maxDepth: 4 },
    texts,
    fc.double(),
    fc.constantFrom(null, true, 3),
    fc.array(tie('data'), { maxLength: 4 }),
    fc.dictionary(names, tie('data'), { maxKeys: 4 }),
  ),
}))

/** What a step is written as where this does not write it. */
function written(value: unknown): string | undefined {
  try {
    return redact(value) === value ? canonicalJson(value) : undefined
  } catch {
    return undefined
  }
}

describe('writeUnlessSecret', () => {
  it('writes what redact leaves as it is, and nothing else', () => {
    fc.assert(
      fc.property(fc.dictionary(names, data), (value) => {
        expect(writeUnlessSecret(value)).toBe(written(value))
        expect(writeUnlessSecret(shareContent(value))).toBe(written(value))
      }),
      { numRuns: 1000 },
    )
  })

  it.each([
    ['bytes', Buffer.from(`the key is ${key}`)],
    ['bytes inside', { file: Buffer.from(`the key is ${key}`) }],
    ['what has a toJSON()', { deep: { toJSON: () => 'x' } }],
    ['a secret under a name that was harmless before', { password: 'hunter2' }],
    ['a list of headers', { headers: ['cookie', 'session=1'] }],
    ['a text', 'x'],
    ['what is no JSON', { price: Number.NaN }],
    ['a circle', circle()],
  ])('leaves %s to be searched and refused with care', (_, value) => {
    writeUnlessSecret({ password: '' })
    expect(writeUnlessSecret(value)).toBeUndefined()
  })
})

function circle(): object {
  const value: Record<string, unknown> = {}
  value['self'] = value
  return value
}
