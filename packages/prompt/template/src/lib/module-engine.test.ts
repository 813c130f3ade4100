import { describe, expect, it } from 'vitest'
import { createModuleEngine, type TemplateFunction } from './module-engine.ts'
import { TemplateError } from './template-error.ts'

const engine = createModuleEngine({ greeting: ({ name }) => `Hello ${String(name)}` })

function failure(render: TemplateFunction): unknown {
  try {
    return createModuleEngine({ letter: render }).compile({ module: 'letter' }).render({ secret: 'hidden' })
  } catch (error) {
    return error
  }
}

describe('createModuleEngine', () => {
  it('renders by the function of that name', () => {
    expect(engine.name).toBe('module')
    expect(engine.compile({ module: 'greeting' }).render({ name: 'Ada' })).toBe('Hello Ada')
    expect(engine.compile({ module: 'greeting' }).render()).toBe('Hello undefined')
  })

  it('cannot tell the variables of a function', () => {
    expect(engine.variables({ module: 'greeting' })).toEqual([])
  })

  it.each([
    ['greting', 'No module "greting". Did you mean "greeting"? (engine module)'],
    [
      'toString',
      'No module "toString". Register the function by this name; a context takes it in "modules". (engine module)',
    ],
    [
      '__proto__',
      'No module "__proto__". Register the function by this name; a context takes it in "modules". (engine module)',
    ],
  ])('does not find %s', (module, message) => {
    for (const use of [engine.compile, engine.variables]) {
      expect(() => use({ module })).toThrow(
        expect.objectContaining({ code: 'template_not_found', message, details: { engine: 'module', module } }),
      )
    }
  })

  it('does not see what is registered later', () => {
    const modules: Record<string, TemplateFunction> = {}
    const early = createModuleEngine(modules)
    modules['late'] = () => 'late'
    expect(() => early.compile({ module: 'late' })).toThrow(expect.objectContaining({ code: 'template_not_found' }))
  })

  it('says which function threw, and nothing of the values', () => {
    const cause = new Error('secret hidden')
    expect(
      failure(() => {
        throw cause
      }),
    ).toMatchObject({
      code: 'template_render',
      message: 'The module "letter" threw. See the cause. (template "letter", engine module)',
      cause,
    })
  })

  it('passes a TemplateError untouched', () => {
    const error = new TemplateError('template_undefined_variable', 'No name.')
    expect(
      failure(() => {
        throw error
      }),
    ).toBe(error)
  })

  it.each([
    [undefined, 'undefined'],
    [null, 'null'],
    ['hidden'.length, 'number'],
    [Promise.resolve(''), 'a promise: what it waits for has to be awaited before, and passed in the assigns'],
  ])('refuses %s for a text', (value, kind) => {
    expect(failure(() => value as unknown as string)).toMatchObject({
      code: 'template_render',
      message: `The module "letter" has to return a string, got ${kind}. (template "letter", engine module)`,
    })
  })

  it.each(['greeting', { inline: 'greeting' }, { file: 'greeting' }])('has no texts: %j', (source) => {
    expect(() => engine.compile(source)).toThrow(
      new TypeError('Expected "source" to be { module: name }: the engine "module" has functions, and no texts.'),
    )
  })

  it('refuses what are no functions, and what are no values', () => {
    expect(() => createModuleEngine({ a: 'b' as unknown as TemplateFunction })).toThrow(
      new TypeError('Expected "modules["a"]" to be a function (assigns) => string, got a string ("b").'),
    )
    expect(() => engine.compile({ module: 'greeting' }).render(['a'] as unknown as {})).toThrow(
      new TypeError('Expected "assigns" to be an object of values by name, got an array.'),
    )
  })

  it.each([null, [], 'a'])('refuses %j as modules', (modules) => {
    expect(() => createModuleEngine(modules as never)).toThrow(
      /^Expected "modules" to be an object of functions by name, got /,
    )
  })

  it('refuses a function that is asynchronous, whose failure ends nothing', async () => {
    const unhandled: unknown[] = []
    const listen = (reason: unknown): void => void unhandled.push(reason)
    process.on('unhandledRejection', listen)
    const modules = createModuleEngine({ late: () => Promise.reject(new Error('late')) as never })
    expect(() => modules.compile({ module: 'late' }).render()).toThrow('has to return a string, got a promise')
    await new Promise((resolve) => setImmediate(resolve))
    process.off('unhandledRejection', listen)
    expect(unhandled).toEqual([])
  })
})
