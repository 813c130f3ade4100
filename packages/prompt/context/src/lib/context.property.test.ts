import { createLiquid } from '@empire/template-liquid'
import type { TokenCounter } from '@empire/tokens'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Context, createContext } from './context.ts'
import { contextFromJSON } from './context-json.ts'
import type { MessageOptions } from './message-input.ts'

/** UTF-16 units of all kinds, half a pair among them. */
const word = fc.array(fc.nat(0xffff), { minLength: 1, maxLength: 8 }).map((units) => String.fromCharCode(...units))
const text = fc.oneof(word, fc.constant(''), fc.constantFrom('{{ name }}', 'a\nb', '{"a":1}'))
const json = fc.jsonValue({ stringUnit: fc.constantFrom('a', '"', '\n', '\0', 'é', '😀', '\uD800', '_'), maxDepth: 3 })
const record = fc.dictionary(fc.oneof(word, fc.constantFrom('__proto__', 'constructor', 'name')), json)

const common = {
  name: word,
  tags: fc.array(word),
  metadata: record,
  template: fc.oneof(
    fc.record({ inline: fc.string() }),
    fc.record({ module: fc.constantFrom('greet', 'part') }),
    fc.record({ file: fc.string() }),
  ),
  assigns: record,
  pinned: fc.boolean(),
  priority: fc.integer(),
}
const options: fc.Arbitrary<MessageOptions> = fc.record({ ...common, id: word }, { requiredKeys: [] })
const noId = fc.record(common, { requiredKeys: [] })

type Change = (context: Context) => Context

/** The ids of the calls without a result. */
function openCalls({ messages }: Context): string[] {
  const open = new Set<string>()
  for (const message of messages) {
    if (message.role === 'tool') open.add(message.callId)
    if (message.role === 'tool_result') open.delete(message.callId)
  }
  return [...open]
}

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(fc.constantFrom('system' as const, 'user' as const, 'assistant' as const), text, options).map(
    ([role, raw, more]): Change =>
      (context) =>
        context.add({ ...more, role, raw }),
  ),
  fc
    .tuple(word, record, fc.option(fc.oneof(word, record), { nil: undefined }), noId)
    .map(([tool, args, responseSchema, more]): Change => {
      return (context) => context.toolCall({ ...more, tool, args, responseSchema })
    }),
  fc.tuple(fc.nat(), json, fc.boolean(), noId).map(([pick, result, isError, more]): Change => {
    return (context) => {
      const open = openCalls(context)
      const id = open[pick % open.length]
      return id === undefined ? context : context.toolResult({ ...more, id, result, isError })
    }
  }),
  fc.tuple(fc.constantFrom('a.png', 'https://example.com/a.pdf?b', 'data:audio/wav;base64,AAAA'), options).map(
    ([url, more]): Change =>
      (context) =>
        context.media({ ...more, url }),
  ),
  fc.tuple(fc.integer({ min: -3, max: 3 }), fc.boolean()).map(([cut, fromStart]): Change => {
    return (context) => (fromStart ? context.slice(cut) : context.slice(0, cut))
  }),
  fc.constant((context: Context): Context => context.concat(context.slice(-1))),
  fc.constant((context: Context): Context => context.withMessages(context.messages)),
)

const history = fc.array(change, { maxLength: 12 })
const settings = fc.record(
  {
    model: word,
    temperature: fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
    maxTokens: fc.integer({ min: 1 }),
    onUnknownModel: fc.constant('estimate' as const),
  },
  { requiredKeys: [] },
)

const engines = [createLiquid()]
const modules = { greet: ({ name }: object & { name?: unknown }) => `Hi ${JSON.stringify(name)}`, part: () => '' }

function build(changes: readonly Change[], given = {}): Context {
  return changes.reduce<Context>((context, apply) => apply(context), createContext({ engines, modules, ...given }))
}

/** Without templates that only an engine could render. */
function withoutFiles(context: Context): Context {
  return context.withMessages(context.messages.filter(({ template }) => template === undefined || 'module' in template))
}

describe('Context, of any history', () => {
  it('comes back from JSON as it was', () => {
    fc.assert(
      fc.property(history, settings, (changes, given) => {
        const context = build(changes, given)
        const written = JSON.stringify(context)
        const back = contextFromJSON(JSON.parse(written), { engines, modules })
        expect(back.messages).toEqual(context.messages)
        expect(JSON.stringify(back)).toBe(written)
        expect(back.equals(context)).toBe(true)
        expect(back.hash()).toBe(context.hash())
        expect(contextFromJSON(context.toJSON()).toJSON()).toEqual(context.toJSON())
      }),
    )
  })

  it('equals what was built alike, and nothing longer or shorter', () => {
    fc.assert(
      fc.property(history, settings, (changes, given) => {
        const [one, two] = [build(changes, given), build(changes, given)]
        expect(one.equals(two)).toBe(true)
        expect(one.equals(two.user(''))).toBe(false)
        expect(one.equals(two.slice(0, -1))).toBe(one.length === 0)
        expect(one.hash() === two.user('').hash()).toBe(false)
      }),
    )
  })

  it('is frozen to the bottom', () => {
    fc.assert(
      fc.property(history, (changes) => {
        const parts: unknown[] = [...build(changes).messages]
        for (const part of parts) {
          expect(Object.isFrozen(part)).toBe(true)
          if (typeof part === 'object' && part !== null) parts.push(...Object.values(part))
        }
      }),
    )
  })

  it('renders and streams the same text', () => {
    fc.assert(
      fc.property(history, record, (changes, assigns) => {
        const context = withoutFiles(build(changes))
        const contents = context.renderMessages(assigns).map(({ content }) => content)
        expect(context.render(assigns)).toBe(contents.join('\n'))
        expect([...context.stream(assigns)].join('')).toBe(contents.join('\n'))
        expect(context.renderMessages().map(({ role }) => role)).toEqual(context.messages.map(({ role }) => role))
      }),
    )
  })

  it('has the tokens that counting from scratch gives, whenever it is counted', () => {
    const tokenCounter: TokenCounter = { name: 'characters', exact: true, count: ({ length }) => length }
    fc.assert(
      fc.property(fc.array(fc.tuple(change, fc.nat(), fc.boolean()), { maxLength: 20 }), (steps) => {
        const contexts = [createContext({ tokenCounter, modules })]
        for (const [apply, from, count] of steps) {
          const context = withoutFiles(apply(contexts[from % contexts.length]!))
          if (count) context.tokenCount()
          contexts.push(context)
        }
        for (const context of contexts) {
          const fresh = createContext({ tokenCounter, modules }).withMessages(context.messages)
          expect(context.tokenCount()).toBe(fresh.tokenCount())
          expect(context.tokenCount({})).toBe(fresh.tokenCount())
          expect(fresh.tokenCount() === 0).toBe(context.length === 0)
        }
      }),
    )
  })

  it('is inspected in one line that says nothing of what was said', () => {
    fc.assert(
      fc.property(history, (changes) => {
        const inspected = String(
          (build(changes) as unknown as Record<symbol, () => string>)[Symbol.for('nodejs.util.inspect.custom')]?.(),
        )
        expect(inspected).toMatch(/^Context \{ messages: \d+, tokens: not counted \}$/)
      }),
    )
  })
})
