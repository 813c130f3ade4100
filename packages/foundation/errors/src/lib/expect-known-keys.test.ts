import { describe, expect, it } from 'vitest'
import { expectKnownKeys } from './expect-known-keys.ts'

const known = ['root', 'templates']

describe('expectKnownKeys', () => {
  it('lets an object of known keys pass, whatever their values', () => {
    expect(() => expectKnownKeys('"options"', { root: undefined }, known)).not.toThrow()
    expect(() => expectKnownKeys('"options"', Object.create(null), known)).not.toThrow()
  })

  it.each([
    [undefined, 'create: "options" must be an object, got undefined.'],
    [null, 'create: "options" must be an object, got null.'],
    [3, 'create: "options" must be an object, got a number (3).'],
    ['root', 'create: "options" must be an object, got a string ("root").'],
    [['root'], 'create: "options" must be an object, got an array.'],
    [{ rooot: 1 }, 'create: "options" has no key "rooot". Did you mean "root"?'],
    [{ root: 1, other: undefined }, 'create: "options" has no key "other". Known: root, templates.'],
    [JSON.parse('{ "__proto__": 1 }'), 'create: "options" has no key "__proto__". Known: root, templates.'],
    [{ constructor: 1 }, 'create: "options" has no key "constructor". Known: root, templates.'],
  ])('refuses %j', (value: unknown, message) => {
    expect(() => expectKnownKeys('create: "options"', value, known)).toThrow(new TypeError(message))
  })

  it('does not look at what an object inherits, nor at its symbols', () => {
    const inherited = Object.create({ other: 1 }, { root: { value: 1, enumerable: true } }) as object
    expect(() => expectKnownKeys('"options"', { ...inherited, [Symbol('other')]: 1 }, known)).not.toThrow()
    expect(() => expectKnownKeys('"options"', inherited, known)).not.toThrow()
  })

  it('knows what others call a key, where that is known here', () => {
    const aliases = new Map([['folder', ['directory', 'root']]])
    expect(() => expectKnownKeys('"options"', { folder: 1 }, known, aliases)).toThrow(
      new TypeError('"options" has no key "folder". Did you mean "root"?'),
    )
    expect(() => expectKnownKeys('"options"', { folder: 1 }, ['other'], aliases)).toThrow(
      new TypeError('"options" has no key "folder". Known: other.'),
    )
  })

  it('says that there are no keys', () => {
    expect(() => expectKnownKeys('"options"', { a: 1 }, [])).toThrow(
      new TypeError('"options" has no key "a". Known: none.'),
    )
  })

  it('cuts a long key, and hides one that is a secret', () => {
    expect(() => expectKnownKeys('"options"', { ['x'.repeat(1000)]: 1 }, [])).toThrow(
      new TypeError(`"options" has no key "${'x'.repeat(40)}" and 960 characters more. Known: none.`),
    )
    const secret = 'sk-ant-api03-abcdefghijklmnopqrstuvwxyz0123456789'
    expect(() => expectKnownKeys('"options"', { [secret]: 1 }, [])).not.toThrow(secret.slice(0, 20))
  })
})
