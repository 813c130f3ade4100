import { inspect } from 'node:util'
import { createLiquid } from '@empire/template-liquid'
import { chatOverhead, createEstimator, type TokenCounter } from '@empire/tokens'
import { createGptCounter } from '@empire/tokens-gpt'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createContext } from './context.ts'

const liquid = createLiquid()

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
    context.withMessages(context.messages.toReversed()).tokenCount()
    context.fork().tokenCount()
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

  it('estimates for an unknown model where that is asked for, and says so', () => {
    const tokenCounter = createGptCounter({ model: 'gpt-4o' })
    const known = createContext({ tokenCounter, model: 'gpt-4o' }).user('Hello, world!')
    expect(known.measureTokens()).toEqual({ tokens: known.tokenCount(), exact: true })
    expect(known.measureTokens({})).toEqual(known.measureTokens())
    const unknown = known.withOptions({ model: 'no-such-model', onUnknownModel: 'estimate' })
    expect(inspect(unknown)).toBe('Context { model: "no-such-model", messages: 1, tokens: not counted }')
    expect(unknown.measureTokens()).toEqual({ tokens: known.tokenCount(), exact: false })
    expect(unknown.measureTokens({})).toEqual({ tokens: known.tokenCount(), exact: false })
    expect(inspect(unknown)).toBe(`Context { model: "no-such-model", messages: 1, tokens: ~${known.tokenCount()} }`)
    expect(() => unknown.withOptions({ onUnknownModel: undefined }).tokenCount()).toThrow(
      expect.objectContaining({ code: 'unknown_model' }),
    )
  })

  it('asks a counter that knows more models than there are tables of overheads', () => {
    const models: (string | undefined)[] = []
    const tokenCounter: TokenCounter = {
      name: 'own',
      exact: true,
      count(text, options) {
        models.push(options?.model)
        return text.length
      },
    }
    const context = createContext({ tokenCounter, model: 'in-house', onUnknownModel: 'estimate' }).user('12345')
    expect(context.measureTokens()).toEqual({ tokens: 5 + 4 + 3, exact: false })
    expect(models).toEqual(['in-house'])
  })

  it('lets pass what a counter throws for other reasons', () => {
    const error = new Error('out of memory')
    const tokenCounter: TokenCounter = {
      name: 'broken',
      exact: true,
      count() {
        throw error
      },
    }
    const context = createContext({ tokenCounter, model: 'gpt-4o', onUnknownModel: 'estimate' }).user('a')
    expect(() => context.tokenCount()).toThrow(error)
  })

  it('counts the name of a tool with its arguments, and the text of all else', () => {
    const empty = createContext({ tokenCounter: recordingCounter() })
    const call = empty.toolCall({ id: 'c1', tool: 'weather', args: { city: 'Berlin' } })
    expect(call.tokenCount()).toBe('weather'.length + '{"city":"Berlin"}'.length + 4 + 3)
    expect(call.toolResult({ id: 'c1', result: 'sunny' }).tokenCount()).toBe(call.tokenCount() + 5 + 4)
    expect(empty.media({ mimeType: 'image/png', data: 'AAAA' }).tokenCount()).toBe(
      '[image/png, 3 bytes]'.length + 4 + 3,
    )
  })

  it('counts again when an engine or a module is another one', () => {
    const modules = { greet: () => 'Hi' }
    const context = createContext({ tokenCounter: recordingCounter(), modules }).user('', {
      template: { module: 'greet' },
    })
    const longer = context.withOptions({ modules: { greet: () => 'Good evening' } })
    expect(longer.tokenCount() - context.tokenCount()).toBe('Good evening'.length - 'Hi'.length)
    const shout = { name: 'liquid', compile: () => ({ render: () => 'HI!' }), variables: () => [] }
    const liquidly = context.withOptions({ engines: [liquid] }).user('a', { engine: 'liquid' })
    expect(liquidly.withOptions({ engines: [shout] }).tokenCount() - liquidly.tokenCount()).toBe(2)
  })

  it('counts a shared message by the function that its context has', () => {
    const base = createContext({ tokenCounter: recordingCounter() })
    const greeting = base.user('', { template: { module: () => 'Hi' } })
    const farewell = base.user('', { template: { module: () => 'Goodbye' } })
    expect(greeting.messages[0]?.template).toEqual(farewell.messages[0]?.template)
    expect(greeting.tokenCount()).toBe(2 + 4 + 3)
    expect(farewell.withMessages(greeting.messages).tokenCount()).toBe(7 + 4 + 3)
    expect(greeting.withMessages(farewell.messages).tokenCount()).toBe(2 + 4 + 3)
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
