import { inspect } from 'node:util'
import { createLiquid } from '@empire/template-liquid'
import { createEstimator, type TokenCounter } from '@empire/tokens'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Context, createContext } from './context.ts'
import type { ContextOptions } from './context-options.ts'

/** Counts characters. */
const tokenCounter: TokenCounter = { name: 'characters', exact: true, count: (text) => text.length }

function textOf(context: Context): string {
  return context.messages.map(({ raw }) => raw).join('')
}

/** A context of one message for each character. */
function contextOf(text: string, options?: ContextOptions): Context {
  return [...text].reduce((context, raw) => context.user(raw), createContext(options))
}

const liquid = createLiquid()

describe('createContext', () => {
  it('has what was given and no messages', () => {
    const context = createContext({ model: 'gpt-4o', temperature: 0, maxTokens: 100 })
    expect(context).toMatchObject({ model: 'gpt-4o', temperature: 0, maxTokens: 100, length: 0, messages: [] })
    expect(createContext()).toMatchObject({ model: undefined, temperature: undefined, maxTokens: undefined })
  })

  it('hands out what it was given, under the same names', () => {
    const options = {
      model: 'gpt-4o',
      temperature: 1,
      maxTokens: 10,
      tokenCounter,
      compaction: { strategy: { name: 'keep-recent', messages: 4 }, options: { summarizer: String } },
      engines: [liquid],
      modules: { greet: () => 'Hi' },
      createId: () => 'm1',
      onUnknownModel: 'estimate' as const,
    }
    const context = createContext(options)
    for (const [name, value] of Object.entries(options)) expect(context[name as keyof Context]).toEqual(value)
    expect(context.compaction).toBe(options.compaction)
    expect(createContext(options).user('Hi').messages[0]?.id).toBe('m1')
  })

  it('takes another context for its options', () => {
    const modules = { greet: () => 'Hi' }
    const other = createContext({ model: 'gpt-4o', temperature: 0.5, tokenCounter, modules }).user('Hi')
    const context = createContext(other)
    expect(context.length).toBe(0)
    expect([context.model, context.temperature, context.tokenCounter]).toEqual(['gpt-4o', 0.5, tokenCounter])
    expect([context.modules, context.createId]).toEqual([modules, other.createId])
  })

  it('makes ids of its own, which are short and never the same', () => {
    const texts = Array.from({ length: 1000 }, (_, index) => String(index))
    const messages = [createContext().withMessages(texts.map((raw) => ({ role: 'user', raw }))), contextOf('ab')]
    const ids = messages.flatMap((context) => context.messages.map(({ id }) => id))
    expect(new Set(ids).size).toBe(1002)
    expect(ids.every((id) => id.length < 24)).toBe(true)
  })

  it.each<[object, string]>([
    [{ modle: 'x' }, '"options" has no key "modle". Did you mean "model"?'],
    [{ model: '' }, 'Expected "model" to be the name of a model, got a string ("").'],
    [{ temperature: Number.NaN }, 'Expected "temperature" to be a finite number from 0 upwards, got a number (NaN).'],
    [{ temperature: -1 }, 'Expected "temperature" to be a finite number from 0 upwards, got a number (-1).'],
    [{ maxTokens: 0 }, 'Expected "maxTokens" to be a positive integer, got a number (0).'],
    [{ maxTokens: 1.5 }, 'Expected "maxTokens" to be a positive integer, got a number (1.5).'],
    [
      { tokenCounter: null },
      'Expected "tokenCounter" to be a TokenCounter, such as createEstimator() makes, got null.',
    ],
    [{ engines: { liquid } }, 'Expected "engines" to be an array of engines, got an object.'],
    [
      { engines: [createLiquid] },
      'Expected "engines[0]" to be a TemplateEngine, such as createLiquid() makes, got a function.',
    ],
    [{ engines: [liquid, liquid] }, 'Expected "engines" to have different names, got "liquid" twice.'],
    [{ modules: [] }, 'Expected "modules" to be an object of functions by name, got an empty array.'],
    [
      { modules: { greet: 'Hi' } },
      'Expected "modules["greet"]" to be a function (assigns) => string, got a string ("Hi").',
    ],
    [{ compaction: 'recent' }, 'Expected "compaction" to be { strategy, options }, got a string ("recent").'],
    [{ compaction: { strategy: {} } }, 'Expected "compaction.strategy" to be a strategy with a name, got an object.'],
    [{ compaction: { strategy: null } }, 'Expected "compaction.strategy" to be a strategy with a name, got null.'],
    [{ compaction: { options: [] } }, 'Expected "compaction.options" to be an object, got an empty array.'],
    [{ compaction: { stratgy: {} } }, '"compaction" has no key "stratgy". Did you mean "strategy"?'],
    [{ createId: 'm1' }, 'Expected "createId" to be a function, got a string ("m1").'],
    [{ onUnknownModel: 'guess' }, 'Expected "onUnknownModel" to be "error" or "estimate", got a string ("guess").'],
    [[], 'Expected "options" to be an object, got an empty array.'],
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

  it('takes a message of another context as it is', () => {
    const [message] = createContext().user('Hi', { tags: ['a'], engine: 'liquid', assigns: { a: 1 } }).messages
    expect(createContext().add(message!).messages[0]).toBe(message)
  })

  it('copies what only looks like a message of a context', () => {
    const metadata = { list: [1] }
    const message = Object.freeze({ id: 'm1', role: 'user', raw: 'Hi', metadata } as const)
    const context = createContext().add(message)
    metadata.list.push(2)
    expect(context.messages).toEqual([{ ...message, metadata: { list: [1] } }])
  })

  it.each([
    ['', 'Expected "id" to be a string that is not empty, got a string ("").'],
    [7, 'Expected "id" to be a string that is not empty, got a number (7).'],
  ])('refuses %j from createId', (id, message) => {
    const context = createContext({ createId: () => id as string })
    expect(() => context.user('Hi')).toThrow(new TypeError(message))
  })

  it('refuses a text that is none, and options that do not exist', () => {
    const context = createContext()
    expect(() => context.user(undefined as unknown as string)).toThrow(
      new TypeError('Expected "text" to be a string, got undefined.'),
    )
    expect(() => context.user(3 as unknown as string, { name: 'Ada' })).toThrow(
      new TypeError('Expected "text" to be a string, got a number (3).'),
    )
    expect(() => context.user('Hi', [] as {})).toThrow(
      new TypeError('Expected "options" to be an object, got an empty array.'),
    )
    expect(() => context.user('Hi', { role: 'system' } as {})).toThrow(
      new TypeError(
        '"options" has no key "role". Known: id, name, tags, metadata, template, engine, assigns, pinned, priority.',
      ),
    )
  })

  it('gives the same frozen array each time', () => {
    const context = createContext().user('Hi')
    expect(context.messages).toBe(context.messages)
    expect(Object.isFrozen(context.messages)).toBe(true)
  })

  it('cannot be changed from outside', () => {
    const context = createContext({ tokenCounter }).user('Hi')
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

  it('forks into contexts that know nothing of each other', () => {
    const base = contextOf('ab', { model: 'gpt-4o' })
    const forks = [base.fork(), base.fork()].map((fork, index) => fork.user(`${index}`))
    expect(forks.map(textOf)).toEqual(['ab0', 'ab1'])
    expect(base.fork()).not.toBe(base)
    expect(base.fork().messages[0]).toBe(base.messages[0])
    expect(base.fork().equals(base)).toBe(true)
    expect(textOf(base)).toBe('ab')
  })

  it('takes other messages under its own options, those of contexts as they are', () => {
    const context = contextOf('abc', { model: 'gpt-4o', createId: () => 'new' })
    const [first, , last] = context.messages
    const changed = context.withMessages([first!, { role: 'assistant', raw: 'x', tags: ['summary'] }, last!])
    expect(changed.messages).toEqual([first, { id: 'new', role: 'assistant', raw: 'x', tags: ['summary'] }, last])
    expect(changed.messages[0]).toBe(first)
    expect(changed.model).toBe('gpt-4o')
    expect(textOf(changed.user('y'))).toBe('axcy')
    expect(textOf(context)).toBe('abc')
    expect(() => context.withMessages('ab' as unknown as [])).toThrow(
      new TypeError('Expected "messages" to be an array of messages, got a string ("ab").'),
    )
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
    const exact = createContext({ tokenCounter }).user('a')
    exact.tokenCount()
    expect(inspect(exact)).toBe('Context { messages: 1, tokens: 8 }')
  })
})
