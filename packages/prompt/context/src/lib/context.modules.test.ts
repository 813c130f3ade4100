import { describe, expect, it } from 'vitest'
import { createContext } from './context.ts'
import { contextFromJSON } from './context-json.ts'

const greet = ({ name }: Readonly<Record<string, unknown>>): string => `Hi ${String(name)}`

/** Functions of one name that say different things. */
const saying = (text: string) => ({ greet: () => text }).greet

describe('Context, templates that are functions', () => {
  it('renders a function of its modules with the assigns of the message and the call', () => {
    const context = createContext({ modules: { greet } }).user('kept', {
      template: { module: 'greet' },
      assigns: { name: 'Ada' },
    })
    expect(context.render()).toBe('Hi Ada')
    expect(context.render({ name: 'Bob' })).toBe('Hi Bob')
    expect(context.messages[0]).toMatchObject({ raw: 'kept', template: { module: 'greet' } })
  })

  it('registers a function that comes with a message, in the new context only', () => {
    const empty = createContext()
    const context = empty.user('', { template: { module: greet }, engine: 'module', assigns: { name: 'Ada' } })
    expect(context.render()).toBe('Hi Ada')
    expect(context.messages[0]?.template).toEqual({ module: 'greet' })
    expect(context.modules).toEqual({ greet })
    expect(empty.modules).toEqual({})
    expect(contextFromJSON(JSON.parse(JSON.stringify(context)), context).render()).toBe('Hi Ada')
  })

  it('keeps functions of one name apart', () => {
    const context = ['a', 'b', 'c'].reduce(
      (all, text) => all.user('', { template: { module: () => text } }),
      createContext(),
    )
    expect(context.render()).toBe('a\nb\nc')
    expect(Object.keys(context.modules)).toEqual(['module', 'module_2', 'module_3'])
    expect(context.withMessages([{ role: 'user', raw: '', template: { module: () => 'd' } }]).render()).toBe('d')
  })

  it('brings the functions of the contexts it is joined with', () => {
    const greeting = createContext().user('', { template: { module: greet }, assigns: { name: 'Ada' } })
    const shout = createContext({ modules: { shout: () => 'HI', unused: () => '' } }).user('', {
      template: { module: 'shout' },
    })
    const joined = greeting.concat(shout, greeting)
    expect(joined.render()).toBe('Hi Ada\nHI\nHi Ada')
    expect(Object.keys(joined.modules)).toEqual(['greet', 'shout'])
    const other = createContext({ modules: { shout: () => 'hi' } })
    expect(() => other.concat(joined)).toThrow(
      new TypeError('Both contexts have a module "shout", and not the same. Give the functions different names.'),
    )
  })

  it('counts for each fork what its own function says, also in an earlier message that waited for it', () => {
    const tokenCounter = { name: 'length', exact: false, count: (text: string) => text.length }
    const base = createContext({ tokenCounter }).user('', { template: { module: 'greet' } })
    for (const grow of [
      (text: string) => base.user('', { template: { module: saying(text) } }),
      (text: string) => base.concat(createContext().user('', { template: { module: saying(text) } })),
      (text: string) => base.user('between').user('', { template: { module: saying(text) } }),
    ]) {
      const [short, long] = [grow('Hi'), grow('Hello there')]
      for (const context of [short, long, short.user('more'), long.user('more')]) {
        expect(context.tokenCount()).toBe(context.withOptions({ tokenCounter: { ...tokenCounter } }).tokenCount())
      }
      expect(long.tokenCount() - short.tokenCount()).toBe(2 * ('Hello there'.length - 'Hi'.length))
    }
  })

  it('goes on with the counts of messages that did not wait for the function', () => {
    let counted = 0
    const count = (text: string) => ((counted += 1), text.length)
    const base = createContext({ tokenCounter: { name: 'length', exact: false, count } })
      .user('a')
      .user('b')
    base.tokenCount()
    const context = base.user('', { template: { module: greet }, assigns: { name: 'Ada' } })
    expect(context.tokenCount() - base.tokenCount()).toBe(4 + 'Hi Ada'.length)
    expect(counted).toBe(3)
  })

  it('refuses a function with another template beside it', () => {
    const both = { module: greet, inline: 'Hi' }
    expect(() => createContext().user('', { template: both })).toThrow(
      new TypeError('Expected "template" to be { inline: text }, { file: path } or { module: name }, got an object.'),
    )
  })

  it('says which module is missing, and which was meant', () => {
    const context = createContext({ modules: { greet } }).user('', { template: { module: 'gret' } })
    expect(() => context.render()).toThrow(
      expect.objectContaining({
        name: 'MessageRenderError',
        code: 'template_not_found',
        message: 'messages[0] (user): No module "gret". Did you mean "greet"? (engine module)',
        details: { messageIndex: 0, role: 'user', engine: 'module', module: 'gret' },
      }),
    )
  })

  it('says which function threw', () => {
    const cause = new Error('private')
    const broken = createContext()
      .user('a')
      .user('', {
        template: {
          module: function fail() {
            throw cause
          },
        },
      })
    expect(() => broken.render()).toThrow(
      expect.objectContaining({
        code: 'template_render',
        message: 'messages[1] (user): The module "fail" threw. See the cause. (template "fail", engine module)',
        details: { messageIndex: 1, role: 'user', engine: 'module', template: 'fail' },
        cause: expect.objectContaining({ cause }),
      }),
    )
  })

  it('registers 10,000 functions one after the other', () => {
    let context = createContext()
    for (let index = 0; index < 10_000; index++) context = context.user('', { template: { module: () => `${index}` } })
    expect(context.render().split('\n').at(-1)).toBe('9999')
  })
})
