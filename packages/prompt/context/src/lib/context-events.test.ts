import { createLiquid } from '@empire/template-liquid'
import { createEstimator } from '@empire/tokens'
import { createGptCounter } from '@empire/tokens-gpt'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createContext } from './context.ts'
import { contextEvents } from './context-events.ts'
import { contextFromJSON } from './context-json.ts'

let heard: object[] = []
let leave: (() => void)[] = []

/** The warnings so far. */
function warnings(): object[] {
  return heard.filter((message) => 'reason' in message)
}

beforeEach(() => {
  heard = []
  leave = Object.entries(contextEvents).map(([event, channel]) =>
    channel.subscribe((message: object) => heard.push({ event, ...message, at: undefined })),
  )
})

afterEach(() => {
  for (const end of leave) end()
})

describe('contextEvents.add', () => {
  it('tells of each message that is added, and not what it says', () => {
    const context = createContext()
      .system('secret')
      .toolCall({ id: 'c1', tool: 'secret', args: { secret: 1 } })
      .toolResult({ id: 'c1', result: 'secret' })
      .media({ url: 'secret.png' })
      .add({ role: 'user', raw: '' })
    expect(heard).toEqual([
      { event: 'add', role: 'system', characters: 6, length: 1 },
      { event: 'add', role: 'tool', characters: 12, length: 2 },
      { event: 'add', role: 'tool_result', characters: 6, length: 3 },
      { event: 'add', role: 'media', characters: 10, length: 4 },
      { event: 'add', role: 'user', characters: 0, length: 5 },
    ])
    expect(JSON.stringify(heard)).not.toContain('secret')
    context.concat(context.slice(0, 1)).fork().withMessages(context.messages)
    contextFromJSON(context.toJSON())
    expect(heard.length).toBe(5)
  })

  it('does not tell of a message that was refused', () => {
    expect(() => createContext().toolResult({ id: 'c1', result: 1 })).toThrow(/./)
    expect(heard).toEqual([])
  })
})

describe('contextEvents.warning', () => {
  it('warns of an engine or a module that is missing when the message is added', () => {
    const context = createContext({ engines: [createLiquid()], modules: { greet: () => 'Hi' } })
    context
      .user('', { engine: 'liquid' })
      .user('', { template: { module: 'greet' } })
      .user('')
    expect(warnings()).toEqual([])
    const early = createContext()
      .user('Hi', { engine: 'liquid' })
      .assistant('', { template: { module: 'greet' } })
    early.user('', { template: { file: 'a.liquid' } })
    expect(warnings()).toEqual([
      { event: 'warning', reason: 'unknown_engine', about: { engine: 'liquid', role: 'user' } },
      { event: 'warning', reason: 'unknown_module', about: { module: 'greet', role: 'assistant' } },
      { event: 'warning', reason: 'unknown_engine', about: { engine: undefined, role: 'user' } },
    ])
    expect(early.withOptions({ engines: context.engines, modules: context.modules }).render()).toBe('Hi\nHi')
  })

  it('warns of a function that takes the place of another', () => {
    const context = createContext({ modules: { greet: String } })
    context.withOptions({ modules: { greet: String, other: String } })
    expect(warnings()).toEqual([])
    context.withOptions({ modules: { greet: () => 'Bye' } })
    expect(warnings()).toEqual([{ event: 'warning', reason: 'module_replaced', about: { module: 'greet' } }])
  })

  it.each([
    ['o200k_base', createGptCounter()],
    ['estimator', createEstimator()],
  ])('warns once that %s only estimates for a model', (name, tokenCounter) => {
    const context = createContext({ model: 'no-such-model', tokenCounter, onUnknownModel: 'estimate' })
    context.user('a').user('b').tokenCount()
    context.user('c').tokenCount({})
    const about = { model: 'no-such-model', tokenCounter: name }
    expect(warnings()).toEqual([{ event: 'warning', reason: 'tokens_estimated', about }])
  })
})
