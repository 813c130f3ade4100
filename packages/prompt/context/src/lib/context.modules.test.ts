import { describe, expect, it } from 'vitest'
import { createContext } from './context.ts'
import { contextFromJSON } from './context-json.ts'

const greet = ({ name }: Readonly<Record<string, unknown>>): string => `Hi ${String(name)}`

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
