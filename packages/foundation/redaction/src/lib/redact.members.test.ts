import { describe, expect, it } from 'vitest'
import { createRedactor } from './create-redactor.ts'
import { isSecretMember, redact } from './redact.ts'

const key = 'sk-ant-api03-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'

describe('isSecretMember', () => {
  it.each<[holder: object, key: string | number, expected: boolean]>([
    [{ text: 'Hello' }, 'text', false],
    [{ text: `It is ${key}` }, 'text', true],
    [{ password: '' }, 'password', false],
    [{ password: 'hunter2' }, 'password', true],
    [{ [key]: 1 }, key, true],
    [{ name: 'greeting', value: 'x' }, 'value', false],
    [{ name: 'DB_PASSWORD', value: 'x' }, 'value', true],
    [['cookie', 'a=b'], 1, true],
    [['text', 'a=b'], 1, false],
  ])('tells of %j at %j what redact does with it: %j', (holder, name, expected) => {
    const member = (holder as Record<string, unknown>)[name]
    // Twice: what was seen once must not change what is said of it later.
    for (const _ of [1, 2]) expect(isSecretMember(holder, name, member)).toBe(expected)
    expect(redact(holder) !== holder).toBe(expected)
  })

  it('keeps apart what redactors know', () => {
    const own = createRedactor({ secrets: ['planted'] })
    expect([isSecretMember({ planted: 1 }, 'planted', 1), own.isSecretMember({ planted: 1 }, 'planted', 1)]).toEqual([
      false,
      true,
    ])
    expect(redact({ planted: 1 })).toEqual({ planted: 1 })
    expect(own.redact({ planted: 1 })).toEqual({ '[redacted]': 1 })
  })

  it('remembers no names without end', () => {
    for (let index = 0; index < 5000; index++) isSecretMember({}, `name${index}`, 1)
    expect(isSecretMember({ token: key }, 'token', key)).toBe(true)
  })
})
