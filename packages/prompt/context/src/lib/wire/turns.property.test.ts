import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromAiSdk } from '../ai-sdk/from-ai-sdk.ts'
import { toAiSdk } from '../ai-sdk/to-ai-sdk.ts'
import { fromClaude } from '../claude/from-claude.ts'
import { toClaude } from '../claude/to-claude.ts'
import { type Context, createContext } from '../context.ts'
import { fromGemini } from '../gemini/from-gemini.ts'
import { toGemini } from '../gemini/to-gemini.ts'
import { fromOpenAI } from '../openai/from-openai.ts'
import { toOpenAI } from '../openai/to-openai.ts'
import { UnsupportedMessageError } from './unsupported-message-error.ts'
import type { WireOptions } from './wire-options.ts'

type Json = Readonly<Record<string, unknown>>

interface Door {
  readonly name: string
  /** What the vendor says against a request, in its own words or ours. */
  faults(written: object): string[]
  write(context: Context, options?: WireOptions): object
  /** What `write` gave, read. */
  read(written: object): Context
}

function list(value: unknown): Json[] {
  return (value ?? []) as Json[]
}

function faultsOfOpenAI(written: object): string[] {
  const faults: string[] = []
  let open: unknown[] = []
  let before: Json = {}
  for (const message of written as Json[]) {
    if (message['role'] === 'tool') {
      if (open.shift() !== message['tool_call_id']) faults.push('a result that does not answer the next call')
    } else {
      if (open.length > 0) faults.push('tool_calls must be followed by tool messages')
      if (message['role'] === before['role'] && message['name'] === before['name'])
        faults.push('two messages for one turn')
      open = list(message['tool_calls']).map(({ id }) => id)
      if (message['content'] === null && open.length === 0) faults.push('no content')
      if (Array.isArray(message['content']) && message['content'].length === 0) faults.push('empty content')
    }
    before = message
  }
  return open.length === 0 ? faults : [...faults, 'a call without a result at the end']
}

function faultsOfClaude(written: object): string[] {
  const faults: string[] = []
  const { system = [], messages } = written as { system?: Json[]; messages: Json[] }
  const ids = new Set<unknown>()
  let open: unknown[] = []
  for (const [index, { role, content }] of messages.entries()) {
    const [before, after] = [messages[index - 1]?.['role'], messages[index + 1]?.['role']]
    const blocks = list(content)
    if (blocks.length === 0) faults.push('messages must have non-empty content')
    if (index === 0 && role !== 'user') faults.push('first message must use the "user" role')
    if (role === before) faults.push('roles must alternate')
    if (role === 'system' && (before !== 'user' || after === 'user'))
      faults.push("role 'system' must follow and precede")
    const results = blocks.filter(({ type }) => type === 'tool_result').map((block) => block['tool_use_id'])
    if (results.join() !== open.join()) faults.push('tool_use ids without tool_result blocks immediately after')
    if (blocks.slice(0, results.length).some(({ type }) => type !== 'tool_result'))
      faults.push('results must come first')
    open = blocks.filter(({ type }) => type === 'tool_use').map(({ id }) => id)
    for (const id of open) {
      if (ids.has(id)) faults.push('tool_use ids must be unique')
      if (!/^[a-zA-Z0-9_-]+$/.test(String(id))) faults.push('tool_use.id: String should match pattern')
      ids.add(id)
    }
  }
  if (open.length > 0) faults.push('a call without a result at the end')
  const blocks = [...system, ...messages.flatMap(({ content }) => list(content))]
  if (blocks.some(({ type, text: words }) => type === 'text' && !/\S/.test(String(words)))) faults.push('blank text')
  const last = list(messages.at(-1)?.['content']).at(-1)
  if (messages.at(-1)?.['role'] === 'assistant' && /\s$/.test(String(last?.['text'] ?? '')))
    faults.push('trailing whitespace')
  return faults
}

function faultsOfGemini(written: object): string[] {
  const faults: string[] = []
  let open: string[] = []
  const { contents } = written as { contents: Json[] }
  for (const [index, { role, parts }] of contents.entries()) {
    const before = contents[index - 1]?.['role']
    if (role === before) faults.push('multiturn requests alternate between user and model')
    const idsOf = (field: string) =>
      list(parts).flatMap((part) => (field in part ? [String((part[field] as Json)['id'])] : []))
    if (list(parts).length === 0) faults.push('parts must not be empty')
    if (idsOf('functionResponse').join() !== open.join()) faults.push('as many function responses as function calls')
    open = idsOf('functionCall')
    if (open.length > 0 && before !== 'user') faults.push('function call turn comes immediately after a user turn')
  }
  return open.length === 0 ? faults : [...faults, 'a call without a result at the end']
}

function faultsOfAiSdk(written: object): string[] {
  const faults: string[] = []
  const { messages, allowSystemInMessages = false } = written as { messages: Json[]; allowSystemInMessages?: boolean }
  let open: unknown[] = []
  for (const [index, { role, content }] of messages.entries()) {
    if (role === 'system') {
      if (!allowSystemInMessages) faults.push('System messages are not allowed')
      continue
    }
    if (role === messages[index - 1]?.['role']) faults.push('two messages for one turn')
    const results = list(content).filter(({ type }) => type === 'tool-result')
    if (results.map((part) => part['toolCallId']).join() !== open.join()) faults.push('Tool results are missing')
    open = list(content)
      .filter(({ type }) => type === 'tool-call')
      .map((part) => part['toolCallId'])
  }
  return open.length === 0 ? faults : [...faults, 'a call without a result at the end']
}

const doors: readonly Door[] = [
  {
    name: 'OpenAI',
    write: toOpenAI,
    faults: faultsOfOpenAI,
    read: (written) => fromOpenAI(written as ReturnType<typeof toOpenAI>),
  },
  {
    name: 'Claude',
    write: toClaude,
    faults: faultsOfClaude,
    read: (written) => fromClaude(written as ReturnType<typeof toClaude>),
  },
  {
    name: 'Gemini',
    write: toGemini,
    faults: faultsOfGemini,
    read: (written) => fromGemini(written as ReturnType<typeof toGemini>),
  },
  {
    name: 'the AI SDK',
    write: toAiSdk,
    faults: faultsOfAiSdk,
    read: (written) => fromAiSdk(written as ReturnType<typeof toAiSdk>),
  },
]

const text = fc.oneof(
  { weight: 8, arbitrary: fc.string({ minLength: 1, maxLength: 5 }).map((end) => `t${end}.`) },
  fc.constantFrom('', ' ', '\n\n', ' a ', '"Ada: b"'),
)
const name = fc.option(fc.constantFrom('Ada', 'Bob'), { nil: undefined, freq: 5 })
const json = fc.oneof(
  text,
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom({ output: 1 }, { error: 'e' }, {}, { output: 1, error: 2 }, null, [], ['a']),
)
const args = fc.dictionary(
  fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor')),
  fc.jsonValue({ maxDepth: 1 }),
  {
    maxKeys: 3,
  },
)
const medium = fc.oneof(
  fc.record({
    data: fc.constantFrom('aGk=', 'iVBORw0KGgo='),
    mimeType: fc.constantFrom('image/png', 'application/pdf'),
  }),
  fc.record({
    url: fc.constantFrom('https://example.com/a.png', 'https://example.com/b.svg', 'https://example.com/c'),
    mimeType: fc.constantFrom('image/png', 'IMAGE/GIF; q=1'),
  }),
)
const oddMedium = fc.oneof(
  medium,
  fc.record({
    data: fc.constantFrom('aGk=', '//8='),
    mimeType: fc.constantFrom('text/plain', 'audio/wav', 'video/mp4', 'a/b'),
  }),
  fc.record({
    url: fc.constantFrom('gs://a/b', 'file:///a', 'data:image/png,abc', 'https://example.com/a.pdf'),
    mimeType: fc.constantFrom('application/pdf', 'image/webp', 'text/plain'),
  }),
)

type Step =
  | {
      readonly do: 'say'
      readonly role: 'system' | 'user' | 'assistant'
      readonly raw: string
      readonly name: string | undefined
    }
  | { readonly do: 'show'; readonly medium: { url: string; mimeType: string } | { data: string; mimeType: string } }
  | { readonly do: 'call'; readonly id: string; readonly args: Record<string, unknown> }
  | { readonly do: 'answer'; readonly at: number; readonly result: unknown; readonly failed: boolean }

const call = fc.record({
  do: fc.constant('call' as const),
  id: fc.constantFrom('c1', 'c2', 'fn.get:0', 'fn_2eget_3a0', 'é'),
  args,
})
const answer = fc.record({ do: fc.constant('answer' as const), at: fc.nat(3), result: json, failed: fc.boolean() })

function say(role: 'system' | 'user' | 'assistant', words = text): fc.Arbitrary<Step> {
  return fc.record({ do: fc.constant('say' as const), role: fc.constant(role), raw: words, name })
}

function show(
  media: fc.Arbitrary<{ url: string; mimeType: string } | { data: string; mimeType: string }>,
): fc.Arbitrary<Step> {
  return fc.record({ do: fc.constant('show' as const), medium: media })
}

/** Any messages in any order, as far as a context takes them. */
const anything = fc
  .array(fc.oneof(say('system'), say('user'), say('user'), say('assistant'), show(oddMedium), call, answer, answer), {
    maxLength: 14,
  })
  .map((steps) => build(steps))

const word = fc.stringMatching(/^[a-z]{1,5}$/)

/** The user speaks and shows, the assistant speaks and calls, and all calls are answered in some order. */
const conversation = fc
  .array(
    fc.record({
      user: fc.array(fc.oneof(say('user', word), show(medium)), { minLength: 1, maxLength: 3 }),
      rounds: fc.array(
        fc.record({
          said: fc.array(say('assistant', word), { maxLength: 1 }),
          calls: fc.array(call, { minLength: 1, maxLength: 3 }),
        }),
        { maxLength: 2 },
      ),
      answers: fc.array(answer, { minLength: 20, maxLength: 20 }),
      after: fc.array(say('assistant', word), { minLength: 1, maxLength: 2 }),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((turns) => {
    let count = 0
    const steps: Step[] = [{ do: 'say', role: 'system', raw: 'rules', name: undefined }]
    for (const { user, rounds, answers, after } of turns) {
      steps.push(...user)
      for (const { said, calls } of rounds) {
        const own = calls.map((each) => ({ ...each, id: `${each.id}${++count}` }))
        steps.push(...said, ...own, ...answers.slice(0, own.length))
      }
      steps.push(...after)
    }
    return build(steps)
  })

function build(steps: readonly Step[]): Context {
  let context = createContext()
  let open: string[] = []
  for (const step of steps) {
    if (step.do === 'answer') {
      const callId = open[step.at % open.length]
      if (callId === undefined) continue
      open = open.filter((id) => id !== callId)
      context = context.add({ role: 'tool_result', callId, result: step.result, isError: step.failed })
    } else if (step.do === 'call') {
      if (open.includes(step.id)) continue
      open.push(step.id)
      context = context.toolCall({ id: step.id, tool: 'look', args: step.args })
    } else if (step.do === 'show') {
      context = context.media(step.medium)
    } else {
      const { role, raw, name: speaker } = step
      context = context.add({ role, raw, name: speaker })
    }
  }
  return context
}

/** What was written, or nothing if it was refused as promised. */
function attemptWrite(door: Door, context: Context, options?: WireOptions): object | undefined {
  try {
    return door.write(context, options)
  } catch (error) {
    if (error instanceof UnsupportedMessageError) return undefined
    throw error
  }
}

/** What is not to be lost. */
function kept({ messages }: Context): string[] {
  return messages
    .filter(({ role, raw }) => role !== 'tool_result' && /\S/.test(raw))
    .map(({ role, raw }) => `${role} ${raw}`)
    .toSorted()
}

function roles({ messages }: Context): string[] {
  return messages.map(({ role }) => role).toSorted()
}

/** The messages among what was written. */
function messagesOf(written: object | undefined): Json[] {
  return list(Array.isArray(written) ? written : Object.values(written ?? {}).findLast(Array.isArray))
}

const options = fc.record({
  hoistSystem: fc.boolean(),
  names: fc.constantFrom('omit' as const, 'prefix' as const, undefined),
})

describe.each(doors)('the door to $name', (door) => {
  it('writes again what it has read of what it wrote', () => {
    let written = 0
    fc.assert(
      fc.property(anything, options, (context, wireOptions) => {
        const first = attemptWrite(door, context, wireOptions)
        if (first === undefined) return
        written++
        expect(door.write(door.read(first))).toEqual(first)
      }),
    )
    expect(written).toBeGreaterThan(10)
  })

  it('keeps the rules of the vendor', () => {
    fc.assert(
      fc.property(anything, options, (context, wireOptions) => {
        const written = attemptWrite(door, context, wireOptions)
        expect(written === undefined ? [] : door.faults(written)).toEqual([])
      }),
    )
    fc.assert(
      fc.property(conversation, (context) => {
        expect(door.faults(door.write(context, { names: 'prefix' }))).toEqual([])
      }),
    )
  })

  it('keeps each word, picture and call, in whatever order they came', () => {
    fc.assert(
      fc.property(anything, fc.boolean(), (context, hoistSystem) => {
        const written = attemptWrite(door, context, { hoistSystem, names: 'omit' })
        expect(kept(written === undefined ? context : door.read(written))).toEqual(kept(context))
      }),
    )
  })

  it('writes the same beginning when the conversation goes on, as caches of prompts want it', () => {
    fc.assert(
      fc.property(anything, (context) => {
        const before = messagesOf(attemptWrite(door, context, { names: 'omit' })).slice(0, -1)
        const after = attemptWrite(door, context.user('And?'), { names: 'omit' })
        expect(after === undefined ? before : messagesOf(after).slice(0, before.length)).toEqual(before)
      }),
    )
  })

  it('gives plain data', () => {
    fc.assert(
      fc.property(anything, options, (context, wireOptions) => {
        const written = attemptWrite(door, context, wireOptions)
        expect(JSON.parse(JSON.stringify(written ?? null))).toEqual(written ?? null)
      }),
    )
  })

  it('takes every conversation in good order', () => {
    fc.assert(
      fc.property(conversation, (context) => {
        const written = JSON.stringify(door.write(context, { names: 'omit' }))
        const back = door.read(JSON.parse(written) as object)
        expect(roles(back)).toEqual(roles(context))
        expect(kept(back)).toEqual(kept(context))
      }),
    )
  })
})
