import { describe, expect, it } from 'vitest'
import { createFakeClaude } from '../fake-claude/create-fake-claude.ts'
import { createFakeGemini } from '../fake-gemini/create-fake-gemini.ts'

const claude = (script: unknown) => createFakeClaude(script as never)
const gemini = (script: unknown) => createFakeGemini(script as never)

/** A member of a step, what it must be, and what came. */
const shared: [step: object, path: string, expected: string, came: string][] = [
  [{ text: 3 }, 'text', 'a text or an array of texts', 'a number (3)'],
  [{ text: null }, 'text', 'a text or an array of texts', 'null'],
  [{ text: ['a', 3] }, 'text[1]', 'a text', 'a number (3)'],
  [{ text: Promise.resolve('a') }, 'text', 'a text or an array of texts', 'a promise (is an "await" missing?)'],
  [{ thinking: {} }, 'thinking', 'a text or an array of texts', 'an object'],
  [{ toolCalls: { name: 'a' } }, 'toolCalls', 'an array of tool calls', 'an object'],
  [{ toolCalls: [{ name: 'a' }, 'b'] }, 'toolCalls[1]', 'an object', 'a string ("b")'],
  [{ toolCalls: [{}] }, 'toolCalls[0].name', 'a text that is not empty', 'undefined'],
  [{ toolCalls: [{ name: '' }] }, 'toolCalls[0].name', 'a text that is not empty', 'a string ("")'],
  [{ toolCalls: [{ name: 'a', id: 1 }] }, 'toolCalls[0].id', 'a text', 'a number (1)'],
  [{ toolCalls: [{ name: 'a', input: '{}' }] }, 'toolCalls[0].input', 'an object', 'a string ("{}")'],
  [{ toolCalls: [{ name: 'a', input: [] }] }, 'toolCalls[0].input', 'an object', 'an empty array'],
  [{ usage: 7 }, 'usage', 'an object', 'a number (7)'],
  [{ usage: { output: -1 } }, 'usage.output', 'a whole number of at least 0', 'a number (-1)'],
]

describe.each([
  [
    'createFakeClaude',
    claude,
    [
      [{ stopReason: 3 }, 'stopReason', 'a text', 'a number (3)'],
      [{ stopSequence: [] }, 'stopSequence', 'a text', 'an empty array'],
      [{ stopDetails: 'no' }, 'stopDetails', 'an object', 'a string ("no")'],
      [{ content: 'text' }, 'content', 'an array of objects', 'a string ("text")'],
      [{ content: [{}, null] }, 'content[1]', 'an object', 'null'],
    ],
  ],
  [
    'createFakeGemini',
    gemini,
    [
      [{ finishReason: 3 }, 'finishReason', 'a text', 'a number (3)'],
      [{ blockReason: true }, 'blockReason', 'a text', 'a boolean (true)'],
      [{ candidate: [] }, 'candidate', 'an object', 'an empty array'],
      [{ parts: ['text'] }, 'parts[0]', 'an object', 'a string ("text")'],
    ],
  ],
] as const)('%s', (_, create, own) => {
  it.each([...shared, ...own])('refuses the step %j when it is written', async (step, path, expected, came) => {
    const says = (name: string) => new TypeError(`"${name}.${path}" must be ${expected}, got ${came}.`)
    await expect(create(['Hello.', step])).rejects.toThrow(says('script[1]'))
    await using server = await create(undefined)
    expect(() => server.enqueue(step as never)).toThrow(says('steps[0]'))
  })

  it.each([[3], [null], [['text']]])('refuses %j, which is no step', async (step) => {
    await expect(create([step])).rejects.toThrow('"script[0]" must be a step, which is an object or a text, got')
  })

  it('tells the client what is wrong with a step from a function', async () => {
    await using server = await create(() => ({ text: 3 }))
    const response = await fetch(`${server.url}/v1/messages`, { method: 'POST', body: '{}' })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({
      error: {
        message: 'TypeError: "script(request 0).text" must be a text or an array of texts, got a number (3).',
      },
    })
  })

  it('takes a step that says nothing, or in pieces', async () => {
    await using server = await create([{}, '', { text: [], toolCalls: [] }, { text: ['a', 'b'] }])
    expect(server.requests).toEqual([])
  })
})
