import { inspect } from 'node:util'
import { createLiquid } from '@empire/template-liquid'
import { chatOverhead, createEstimator, type TokenCounter } from '@empire/tokens'
import { createGptCounter } from '@empire/tokens-gpt'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Context, createContext } from './context.ts'
import type { ContextOptions } from './context-options.ts'

/** Counts characters and writes down what it counted. */
function recordingCounter(): TokenCounter & { readonly counted: string[] } {
  const counted: string[] = []
  return {
    name: 'characters',
    exact: true,
    counted,
    count(text) {
      counted.push(text)
      return text.length
    },
  }
}

function textOf(context: Context): string {
  return context.messages.map(({ raw }) => raw).join('')
}

/** A context of one message for each character. */
function contextOf(text: string, options?: ContextOptions): Context {
  return [...text].reduce((context, raw) => context.user(raw), createContext(options))
}

const liquid = createLiquid({ templates: { 'greeting.liquid': 'Welcome, {{ name }}.' } })

describe('createContext', () => {
  it('has what was given and no messages', () => {
    const context = createContext({ model: 'gpt-4o', temperature: 0, maxTokens: 100 })
    expect(context).toMatchObject({ model: 'gpt-4o', temperature: 0, maxTokens: 100, length: 0, messages: [] })
    expect(createContext()).toMatchObject({ model: undefined, temperature: undefined, maxTokens: undefined })
  })

  it.each<[object, string]>([
    [
      { modle: 'x' },
      'Unknown property "modle" of "options". Known: model, temperature, maxTokens, tokenCounter, engines.',
    ],
    [{ model: '' }, 'Expected "model" to be the name of a model, got a string ("").'],
    [{ temperature: Number.NaN }, 'Expected "temperature" to be a finite number from 0 upwards, got a number (NaN).'],
    [{ temperature: -1 }, 'Expected "temperature" to be a finite number from 0 upwards, got a number (-1).'],
    [{ maxTokens: 0 }, 'Expected "maxTokens" to be a positive integer, got a number (0).'],
    [{ maxTokens: 1.5 }, 'Expected "maxTokens" to be a positive integer, got a number (1.5).'],
    [{ tokenCounter: null }, 'Expected "tokenCounter" to be a TokenCounter, got null.'],
    [{ engines: { liquid } }, 'Expected "engines" to be an array of engines, got an object.'],
    [{ engines: [createLiquid] }, 'Expected "engines[0]" to be a TemplateEngine, got a function.'],
    [{ engines: [liquid, liquid] }, 'Expected "engines" to have different names, got "liquid" twice.'],
  ])('refuses %o', (options, message) => {
    expect(() => createContext(options)).toThrow(new TypeError(message))
    expect(() => createContext().withOptions(options)).toThrow(new TypeError(message))
  })
})

describe('Context, adding messages', () => {
  it('gives a new context and leaves the old one as it was', () => {
    const empty = createContext()
    const one = empty.system('Be brief.')
    const two = one.user('Hi').assistant('Hello')
    const other = one.add({ role: 'user', raw: 'Bye', id: 'm1' })
    expect([empty, one, two, other].map(({ messages }) => messages.map(({ raw }) => raw))).toEqual([
      [],
      ['Be brief.'],
      ['Be brief.', 'Hi', 'Hello'],
      ['Be brief.', 'Bye'],
    ])
    expect(two.messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant'])
  })

  it('takes a message of another context', () => {
    const [message] = createContext().user('Hi', { tags: ['a'], engine: 'liquid', assigns: { a: 1 } }).messages
    expect(createContext().add(message!).messages).toEqual([message])
  })

  it('gives the same frozen array each time', () => {
    const context = createContext().user('Hi')
    expect(context.messages).toBe(context.messages)
    expect(Object.isFrozen(context.messages)).toBe(true)
  })

  it('cannot be changed from outside', () => {
    const context = createContext({ tokenCounter: recordingCounter() }).user('Hi')
    expect(Object.keys(context)).toEqual([])
    expect(() => Object.assign(context, { model: 'x' })).toThrow(TypeError)
  })
})

describe('Context, cutting and joining', () => {
  it('slices as arrays do', () => {
    const context = contextOf('abcdef')
    const index = fc.option(fc.integer({ min: -9, max: 9 }), { nil: undefined })
    fc.assert(
      fc.property(index, index, (start, end) => {
        const slice = context.slice(start, end)
        expect(textOf(slice)).toBe('abcdef'.slice(start, end))
        expect(textOf(slice.user('x'))).toBe(`${'abcdef'.slice(start, end)}x`)
        expect(slice.length).toBe('abcdef'.slice(start, end).length)
      }),
    )
    expect(textOf(context)).toBe('abcdef')
  })

  it('refuses a position that is no integer', () => {
    expect(() => contextOf('ab').slice(0.5)).toThrow('Expected an integer as position, got a number (0.5).')
    expect(() => contextOf('ab').slice(0, Number.NaN)).toThrow('Expected an integer as position, got a number (NaN).')
  })

  it('joins contexts, itself among them, under its own options', () => {
    const context = contextOf('ab', { model: 'gpt-4o' })
    const joined = context.concat(contextOf('cd', { model: 'other' }), context, createContext())
    expect(textOf(joined)).toBe('abcdab')
    expect(joined.model).toBe('gpt-4o')
    expect(textOf(context)).toBe('ab')
    expect(() => context.concat([] as unknown as Context)).toThrow('Expected a context, got an empty array.')
  })
})

describe('Context, options', () => {
  it('replaces the options that are given and takes away those that are undefined', () => {
    const context = createContext({ model: 'gpt-4o', temperature: 1, maxTokens: 10 }).user('Hi')
    const changed = context.withModel('o3').withOptions({ temperature: 0, maxTokens: undefined })
    expect(changed).toMatchObject({ model: 'o3', temperature: 0, maxTokens: undefined, length: 1 })
    expect(context).toMatchObject({ model: 'gpt-4o', temperature: 1, maxTokens: 10 })
  })

  it('keeps the engines unless others are given', () => {
    const context = createContext({ engines: [liquid] }).user('{{ a }}', { engine: 'liquid', assigns: { a: 1 } })
    expect(context.withOptions({ temperature: 1 }).render()).toBe('1')
    expect(() => context.withOptions({ engines: undefined }).render()).toThrow(/has no engines/)
  })
})

describe('Context, rendering', () => {
  const context = createContext({ engines: [liquid] })

  it('joins the messages by one newline', () => {
    expect(context.render()).toBe('')
    expect(context.user('').user('a\n').user('').render()).toBe('\na\n\n')
  })

  it('leaves a text without an engine alone', () => {
    expect(context.user('{{ name }}', { assigns: { name: 'Ada' } }).render()).toBe('{{ name }}')
  })

  it('renders a text with an engine, a template in its place, and a file', () => {
    const templated = context
      .system('Hi {{ name }}', { engine: 'liquid' })
      .user('kept', { engine: 'liquid', template: { inline: 'Bye {{ name }}' } })
      .user('kept', { engine: 'liquid', template: { file: 'greeting.liquid' } })
    expect(templated.renderMessages({ name: 'Ada' })).toEqual([
      { role: 'system', content: 'Hi Ada' },
      { role: 'user', content: 'Bye Ada' },
      { role: 'user', content: 'Welcome, Ada.' },
    ])
    expect(templated.render({ name: 'Ada' })).toBe('Hi Ada\nBye Ada\nWelcome, Ada.')
    expect(templated.messages.map(({ raw }) => raw)).toEqual(['Hi {{ name }}', 'kept', 'kept'])
  })

  it('lets the assigns of the call win over those of the message', () => {
    const templated = context.user('{{ a }}{{ b }}', { engine: 'liquid', assigns: { a: 1, b: 2 } })
    expect([templated.render(), templated.render({ b: 3 }), templated.render({})]).toEqual(['12', '13', '12'])
  })

  it('says which message, line and column failed, under the code of the engine', () => {
    const broken = context.system('Fine').user('Dear\n{{ nmae }}', { engine: 'liquid', assigns: { name: 'Ada' } })
    const fault = {
      name: 'MessageRenderError',
      code: 'template_undefined_variable',
      message: [
        'messages[1] (user): The variable "nmae" is not defined. Pass it in the assigns, or give it a default: {{ nmae | default: "" }}. (line 2, column 4, engine liquid)',
        '',
        '  {{ nmae }}',
        '     ^',
      ].join('\n'),
      details: { messageIndex: 1, role: 'user', engine: 'liquid', line: 2, column: 4, variable: 'nmae' },
    }
    expect(() => broken.render()).toThrow(expect.objectContaining(fault))
    expect(() => broken.renderMessages()).toThrow(expect.objectContaining(fault))
    expect(() => broken.withOptions({ tokenCounter: createEstimator() }).tokenCount()).toThrow(
      expect.objectContaining(fault),
    )
  })

  it.each([
    [{ engine: 'liquid', template: { file: 'none.liquid' } }, 'template_not_found'],
    [{ engine: 'liquid', template: { inline: '{% if %}' } }, 'template_syntax'],
  ])('fails on %j with %s', (options, code) => {
    expect(() => context.user('', options).render()).toThrow(expect.objectContaining({ code }))
  })

  it.each([
    [{ engine: 'eta' }, 'messages[0] asks for "eta"; this context has liquid. Pass it in "engines" of createContext.'],
    [
      { engine: '__proto__' },
      'messages[0] asks for "__proto__"; this context has liquid. Pass it in "engines" of createContext.',
    ],
    [
      { template: { inline: 'a' } },
      'messages[0] has a template without an engine; this context has liquid. Pass it in "engines" of createContext.',
    ],
  ])('does not know the engine of %j', (options, message) => {
    expect(() => context.user('', options).render()).toThrow(
      expect.objectContaining({ name: 'UnknownEngineError', code: 'unknown_engine', message }),
    )
  })

  it('takes what a foreign engine throws for template_render', () => {
    const cause = new Error('No luck')
    const engine = {
      name: 'foreign',
      compile() {
        throw cause
      },
    }
    expect(() =>
      createContext({ engines: [engine] })
        .user('', { engine: 'foreign' })
        .render(),
    ).toThrow(expect.objectContaining({ code: 'template_render', message: 'messages[0] (user): No luck', cause }))
  })

  it('refuses assigns that are no object', () => {
    expect(() => context.user('').render('name' as unknown as {})).toThrow(
      'Expected "assigns" to be an object of values by name, got a string ("name").',
    )
  })
})

describe('Context.tokenCount', () => {
  it('needs a counter', () => {
    expect(() => createContext().user('Hi').tokenCount()).toThrow(
      expect.objectContaining({
        name: 'TokenCounterNotSetError',
        code: 'token_counter_not_set',
        message:
          'There is no token counter in this context. Pass one to createContext: { tokenCounter: createEstimator() }.',
      }),
    )
  })

  it('adds the overhead of the chat to the rendered texts', () => {
    const { perMessage, perName, perReply } = chatOverhead('gpt-4o')
    const context = createContext({ model: 'gpt-4o', tokenCounter: recordingCounter(), engines: [liquid] })
    expect(context.tokenCount()).toBe(0)
    expect(context.user('12345').tokenCount()).toBe(5 + perMessage + perReply)
    const templated = context.user('{{ a }}', { engine: 'liquid', assigns: { a: '123' }, name: 'Ada' })
    expect(templated.tokenCount()).toBe(3 + perMessage + 3 + perName + perReply)
    expect(templated.tokenCount({ a: '1' })).toBe(1 + perMessage + 3 + perName + perReply)
    expect(templated.tokenCount()).toBe(3 + perMessage + 3 + perName + perReply)
  })

  it('agrees with the counter of the model', () => {
    const tokenCounter = createGptCounter({ model: 'gpt-4o' })
    const context = createContext({ model: 'gpt-4o', tokenCounter }).system('You are helpful.').user('Hello, world! 👋')
    const { perMessage, perReply } = chatOverhead('gpt-4o')
    const texts = tokenCounter.count('You are helpful.') + tokenCounter.count('Hello, world! 👋')
    expect(context.tokenCount()).toBe(texts + 2 * perMessage + perReply)
  })

  it('counts each message once, over appends, forks, slices and joins', () => {
    const tokenCounter = recordingCounter()
    let context = createContext({ tokenCounter })
    for (const text of ['a', 'b', 'c', 'd']) {
      context = context.user(text)
      context.tokenCount()
    }
    const base = context.slice(0, 2)
    base.user('e').tokenCount()
    base.user('f').tokenCount()
    context.slice(1).tokenCount()
    context.slice(2).concat(base).tokenCount()
    context.withOptions({ temperature: 1 }).tokenCount()
    context.tokenCount({})
    expect(tokenCounter.counted).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
  })

  it('counts again for another model, once', () => {
    const tokenCounter = recordingCounter()
    const context = createContext({ tokenCounter, model: 'gpt-4o' }).user('a').user('b')
    const other = context.withModel('gpt-3.5-turbo-0301')
    for (const each of [context, other, context, other]) each.tokenCount()
    expect(tokenCounter.counted).toEqual(['a', 'b', 'a', 'b'])
    expect(other.tokenCount()).toBe(context.tokenCount() + 2)
  })

  it('equals a count from scratch, from any ancestor', () => {
    const choice = fc.record({
      ancestor: fc.nat(30),
      text: fc.string({ maxLength: 4 }),
      cut: fc.nat(3),
      count: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(choice, { maxLength: 30 }), (choices) => {
        const contexts = [createContext({ tokenCounter: recordingCounter() })]
        for (const { ancestor, text, cut, count } of choices) {
          const from = contexts[ancestor % contexts.length]!.slice(cut)
          contexts.push(from.user(text))
          if (count) from.tokenCount()
        }
        for (const context of contexts) {
          const sum = context.messages.reduce((total, { raw }) => total + raw.length + 4, 0)
          expect(context.tokenCount()).toBe(sum === 0 ? 0 : sum + 3)
        }
      }),
    )
  })

  it('goes on where a counter failed', () => {
    let broken = true
    const tokenCounter: TokenCounter = {
      name: 'moody',
      exact: true,
      count(text) {
        if (broken && text === 'b') throw new Error('Not now')
        return 1
      },
    }
    const context = createContext({ tokenCounter }).user('a').user('b').user('c')
    expect(() => context.tokenCount()).toThrow('Not now')
    broken = false
    expect(context.tokenCount()).toBe(3 * 5 + 3)
  })

  it('refuses an unknown model, unless it is an estimate', () => {
    const tokenCounter = recordingCounter()
    expect(() => createContext({ tokenCounter, model: 'no-such-model' }).user('a').tokenCount()).toThrow(
      expect.objectContaining({ code: 'unknown_model' }),
    )
    const estimated = createContext({ tokenCounter: createEstimator(), model: 'no-such-model' }).user('a')
    expect(estimated.tokenCount()).toBe(createEstimator().count('a') + 4 + 3)
  })

  it.each([[Number.NaN], [-1], [undefined], ['3']])('refuses %j as a count', (count) => {
    const tokenCounter = { name: 'odd', exact: true, count: () => count as number }
    expect(() => createContext({ tokenCounter }).user('a').tokenCount()).toThrow(
      /^Expected "tokenCounter" to count a number of tokens, got /,
    )
  })

  it('counts after each of 10,000 appends, each text once', () => {
    const tokenCounter = recordingCounter()
    let context = createContext({ tokenCounter })
    let total = 0
    for (let index = 0; index < 10_000; index++) {
      context = context.user('12345')
      total = context.tokenCount()
    }
    expect(total).toBe(10_000 * 9 + 3)
    expect(tokenCounter.counted.length).toBe(10_000)
  })

  it('counts a chain of 10,000 forks', () => {
    let context = createContext({ tokenCounter: recordingCounter() })
    for (let index = 0; index < 10_000; index++) {
      context.user('other')
      context = context.user('12345')
    }
    expect(context.tokenCount()).toBe(10_000 * 9 + 3)
    expect(context.messages.length).toBe(10_000)
  })
})

describe('Context, inspected', () => {
  it('is one line without content', () => {
    const context = createContext({
      model: 'gpt-4o',
      temperature: 0.8,
      maxTokens: 100,
      tokenCounter: createEstimator(),
    })
      .system('secret')
      .user('secret', { metadata: { key: 'secret' } })
    expect(inspect(context)).toBe(
      'Context { model: "gpt-4o", messages: 2, tokens: not counted, temperature: 0.8, maxTokens: 100 }',
    )
    context.tokenCount()
    expect(inspect({ context })).toContain(`tokens: ~${context.tokenCount()}`)
    expect(inspect(context, { showHidden: true, depth: 9 })).not.toContain('secret')
  })

  it('leaves out what is not set, and stays on one line', () => {
    expect(inspect(createContext())).toBe('Context { messages: 0, tokens: not counted }')
    expect(inspect(createContext({ model: 'a\nb' }))).toBe(
      String.raw`Context { model: "a\nb", messages: 0, tokens: not counted }`,
    )
    const exact = createContext({ tokenCounter: recordingCounter() }).user('a')
    exact.tokenCount()
    expect(inspect(exact)).toBe('Context { messages: 1, tokens: 8 }')
  })
})
