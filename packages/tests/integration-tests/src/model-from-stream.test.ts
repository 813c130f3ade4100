import { contract } from '@empire/contract'
import { createRepairLadder, repairJson, streamPartialJson } from '@empire/json-repair'
import { computed, defineModel, field, InvalidModelError } from '@empire/model'
import { toJsonSchema, validateStream } from '@empire/schema'
import { createFakeClaude } from '@empire/test-support/fake-claude'
import Anthropic from '@anthropic-ai/sdk'
import { describe, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'

const Line = defineModel('Line', { product: z.string(), count: z.int().min(1) }, { coercion: 'safe' })

const Order = defineModel(
  'Order',
  { customer: field(z.string(), { alias: 'customer_name' }), lines: z.array(Line.schema), express: z.boolean() },
  {
    computed: {
      pieces: computed(z.int(), ({ lines }: { readonly lines: readonly { readonly count: number }[] }) =>
        lines.reduce((sum, { count }) => sum + count, 0),
      ),
    },
  },
)

/** As a model answers: a thought, prose, a fence; single quotes, Python, a comment, a missing comma, a trailing one. */
const broken = `<think>{"not": "this"}</think>Here is the order you asked for:
\`\`\`json
{
  'customer_name': 'Ada "the Countess" Lovelace', // as given
  lines: [
    {"product": "Engine", "count": "2"}
    {"product": "Card, punched", "count": 100,},
  ],
  "express": True
}
\`\`\`
Let me know if anything is missing!`

const order = {
  customer: 'Ada "the Countess" Lovelace',
  lines: [
    { product: 'Engine', count: 2 },
    { product: 'Card, punched', count: 100 },
  ],
  express: true,
  pieces: 102,
}

/** What a fake of Claude answers, in pieces over a socket, read by the vendor's own SDK. */
async function claudeWith(...texts: string[]) {
  const server = await createFakeClaude(texts.map((text) => ({ text })))
  onTestFinished(() => server.close())
  const client = new Anthropic({ apiKey: 'any', baseURL: server.url, maxRetries: 0 })
  return async function* ask(content: string): AsyncGenerator<string> {
    const messages = [{ role: 'user', content } as const]
    for await (const event of client.messages.stream({ model: 'claude-x', max_tokens: 999, messages })) {
      if (event.type === 'content_block_delta' && event.delta.type === 'text_delta') yield event.delta.text
    }
  }
}

async function join(pieces: AsyncIterable<string>): Promise<string> {
  let text = ''
  for await (const piece of pieces) text += piece
  return text
}

describe("a model's broken, streamed output", () => {
  it('is seen while it grows, and becomes a checked instance', async () => {
    const ask = await claudeWith(broken)
    const seen: unknown[] = []
    for await (const { value } of streamPartialJson(ask('Order?'))) seen.push(value)
    expect(seen.length).toBeGreaterThan(2)
    const made = Order.parse(seen.at(-1))
    expect(made).toEqual(order)
    expect([Object.isFrozen(made), Object.isFrozen(made.lines)]).toEqual([true, true])
  })

  it('passes a contract, whose caller is to blame for what is left', async () => {
    const ask = await claudeWith(broken, '{"customer_name": "Ada", "lines": [{"product": "Engine", "cuont": 2}]')
    const ship = contract({ name: 'ship', input: Order, output: z.int() }).implement(({ pieces }) => pieces)
    expect(ship(repairJson(await join(ask('Order?'))).value as never)).toBe(102)
    const cut = repairJson(await join(ask('Order?'))).value
    expect(() => ship(cut as never)).toThrow(
      'The caller broke the contract "ship" by its input. Change the call.\n' +
        '- input.lines[0].count: expected a number, received nothing. Did you mean "cuont"?\n' +
        '- input.express: expected a boolean, received nothing.',
    )
  })

  it('goes back to the model with what is wrong, and the second answer counts', async () => {
    const ask = await claudeWith('{"customer_name": "Ada"}', broken)
    const prompts: string[] = []
    const ladder = createRepairLadder({
      schema: Order,
      ask: (prompt) => {
        prompts.push(prompt)
        return join(ask(prompt))
      },
    })
    const { value, valid, rungs } = await ladder.repair(await join(ask('Order?')))
    expect([value, valid]).toEqual([order, true])
    expect(prompts[0]).toContain('express')
    expect(rungs.at(-1)).toMatchObject({ rung: 'model' })
  })

  it('says to the model what it expects, in the dialect of the vendor', () => {
    const { schema } = Order.toJsonSchema({ dialect: 'claude' })
    expect(schema).toMatchObject({ type: 'object', required: ['customer_name', 'lines', 'express'] })
    expect(toJsonSchema(Order.schema, { dialect: 'gemini' }).schema).toMatchObject({
      type: expect.anything() as unknown,
    })
  })

  it('is judged line by line where there are many', async () => {
    const ask = await claudeWith('{"product":"Engine","count":2}\n{"product":"Card"}\n{"product":"Ink","count":"1"}\n')
    const verdicts = []
    for await (const verdict of validateStream(Line.schema, ask('Lines?'))) verdicts.push([verdict.index, verdict.ok])
    expect(verdicts).toEqual([
      [0, true],
      [1, false],
      [2, true],
    ])
  })

  it('names the problems for another try where nobody is asked', async () => {
    const ask = await claudeWith('{"customer_name": "Ada", "lines": "none", "express": "soon"}')
    const verdict = Order.check(repairJson(await join(ask('Order?'))).value)
    const error = verdict.ok ? undefined : verdict.error
    expect(error).toBeInstanceOf(InvalidModelError)
    expect(error?.toPrompt()).toBe(
      'Your answer is not valid JSON for Order: 2 problems.\n' +
        '- lines: expected an array, received a string ("none").\n' +
        '- express: expected a boolean, received a string ("soon").\n' +
        'Answer again with the whole JSON, corrected, and nothing else.',
    )
  })
})
