import { describe, expect, it } from 'vitest'
import { checkKeys } from './check-keys.ts'

describe('checkKeys', () => {
  it('lets known keys pass', () => {
    expect(() => checkKeys({ root: 1 }, ['root', 'templates'], 'options')).not.toThrow()
  })

  it.each([
    [{ rooot: 1 }, 'Unknown key "rooot" of "options". Did you mean "root"?'],
    [{ other: 1 }, 'Unknown key "other" of "options". Known: root, templates.'],
    [JSON.parse('{ "__proto__": 1 }') as object, 'Unknown key "__proto__" of "options". Known: root, templates.'],
  ])('refuses %j', (value, message) => {
    expect(() => checkKeys(value, ['root', 'templates'], 'options')).toThrow(new TypeError(message))
  })
})
