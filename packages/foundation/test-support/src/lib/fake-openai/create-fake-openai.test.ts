import OpenAI from 'openai'
import { describe, expect, it } from 'vitest'
import type { FakeServer } from '../fake-server/create-fake-server.ts'
import type { Fault } from '../fake-server/fake-step.ts'
import { createFakeOpenai } from './create-fake-openai.ts'
import type { OpenaiStep } from './openai-step.ts'

const request: OpenAI.ChatCompletionCreateParamsNonStreaming = {
  model: 'gpt-test',
  messages: [{ role: 'user', content: 'What is the weather in Bern?' }],
}

/** The vendor's SDK as it comes, but for its retries. */
function connect(openai: FakeServer<OpenaiStep | string>, options: { timeout?: number } = {}): OpenAI {
  return new OpenAI({ baseURL: `${openai.url}/v1`, apiKey: 'test-key', maxRetries: 0, ...options })
}

/** The texts that arrive, and what the stream ends with. */
async function readStream(client: OpenAI): Promise<{ texts: string[]; failure?: unknown }> {
  const texts: string[] = []
  try {
    for await (const { choices } of await client.chat.completions.create({ ...request, stream: true })) {
      const text = choices[0]?.delta.content ?? ''
      if (text !== '') texts.push(text)
    }
    return { texts }
  } catch (failure) {
    return { texts, failure }
  }
}

function dot(one: number[], other: number[]): number {
  return one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0)
}

describe('createFakeOpenai', () => {
  it('streams what it would answer whole', async () => {
    const step: OpenaiStep = {
      thinking: 'Rain is likely.',
      text: 'It rains. ☔️',
      toolCalls: [
        { name: 'get_weather', input: { city: 'Bern', note: '"☔️"\n' } },
        { id: 'call_2', name: 'get_time' },
      ],
      usage: { input: 12, cacheRead: 5, output: 9, reasoning: 4 },
    }
    await using openai = await createFakeOpenai([step, step])
    const client = connect(openai)
    const whole = await client.chat.completions.create(request)
    expect(whole).toMatchObject({
      id: 'chatcmpl-fake-0',
      model: 'gpt-test',
      choices: [
        {
          finish_reason: 'tool_calls',
          message: {
            content: 'It rains. ☔️',
            reasoning_content: 'Rain is likely.',
            tool_calls: [
              {
                id: 'call_fake_0_0',
                type: 'function',
                function: { name: 'get_weather', arguments: '{"city":"Bern","note":"\\"☔️\\"\\n"}' },
              },
              { id: 'call_2', function: { name: 'get_time', arguments: '{}' } },
            ],
          },
        },
      ],
      usage: {
        prompt_tokens: 17,
        completion_tokens: 9,
        prompt_tokens_details: { cached_tokens: 5 },
        completion_tokens_details: { reasoning_tokens: 4 },
      },
    })
    const stream = client.chat.completions.stream({
      model: request.model,
      messages: request.messages,
      stream_options: { include_usage: true },
    })
    const streamed = await stream.finalChatCompletion()
    expect(streamed.choices[0]?.message).toMatchObject({
      content: 'It rains. ☔️',
      tool_calls: [{ function: { arguments: '{"city":"Bern","note":"\\"☔️\\"\\n"}' } }, { id: 'call_2' }],
    })
    expect(streamed.usage).toEqual(whole.usage)
  })

  it('embeds texts, and those with more of the same words nearer', async () => {
    await using openai = await createFakeOpenai(undefined, { dimensions: 16 })
    const input = ['rain in Bern', 'rain in Basel', 'a cat']
    const { data, usage } = await connect(openai).embeddings.create({ model: 'm', input, encoding_format: 'float' })
    const [first = [], second = [], third = []] = data.map(({ embedding }) => embedding)
    expect(first).toHaveLength(16)
    expect(dot(first, second)).toBeGreaterThan(dot(first, third))
    expect(usage.total_tokens).toBe(8)
  })

  it('lists its models without taking a step', async () => {
    await using openai = await createFakeOpenai(['Hello.'], { models: ['gpt-a', 'gpt-test'] })
    const client = connect(openai)
    const models: string[] = []
    for await (const { id } of client.models.list()) models.push(id)
    expect(models).toEqual(['gpt-a', 'gpt-test'])
    expect((await client.models.retrieve('gpt-a')).id).toBe('gpt-a')
    await expect(client.models.retrieve('gpt-b')).rejects.toBeInstanceOf(OpenAI.NotFoundError)
    expect((await client.chat.completions.create(request)).choices[0]?.message.content).toBe('Hello.')
  })

  it.each([
    [{ model: undefined }, OpenAI.BadRequestError, "Missing required parameter: 'model'."],
    [{ messages: [] }, OpenAI.BadRequestError, "Invalid 'messages'"],
    [{ model: 'gpt-other' }, OpenAI.NotFoundError, "The model 'gpt-other' does not exist."],
  ])('refuses a request with %j', async (change, kind, message) => {
    await using openai = await createFakeOpenai(undefined, { models: ['gpt-test'] })
    const failure = connect(openai).chat.completions.create({ ...request, ...change } as typeof request)
    await expect(failure).rejects.toBeInstanceOf(kind)
    await expect(failure).rejects.toThrow(message)
  })

  it('refuses any key but its own', async () => {
    await using openai = await createFakeOpenai(undefined, { apiKey: 'other' })
    await expect(connect(openai).chat.completions.create(request)).rejects.toBeInstanceOf(OpenAI.AuthenticationError)
  })

  it.each<[Fault, string[], string]>([
    [{ type: 'status', status: 429 }, [], 'RateLimitError'],
    [{ type: 'stream-error', at: 'last' }, ['One ', 'two.'], 'APIError'],
    [{ type: 'malformed-frame', at: 2 }, ['One '], 'SyntaxError'],
  ])('has the fault %j', async (fault, texts, name) => {
    await using openai = await createFakeOpenai([{ text: 'One two.', fault }])
    const { failure, ...read } = await readStream(connect(openai))
    expect(read).toEqual({ texts })
    expect((failure as Error).constructor.name).toBe(name)
  })

  it('refuses a step of a wrong type when it is written', async () => {
    await expect(createFakeOpenai([{ finishReason: 1 as unknown as string }])).rejects.toThrow(
      new TypeError('"script[0].finishReason" must be a text, got a number (1).'),
    )
    await expect(createFakeOpenai([], { dimensions: 0 })).rejects.toThrow(
      new TypeError('"dimensions" must be a whole number of at least 1, got a number (0).'),
    )
  })
})

describe('the Responses API of createFakeOpenai', () => {
  const step: OpenaiStep = {
    thinking: 'Rain is likely.',
    text: 'It rains. ☔️',
    toolCalls: [{ name: 'get_weather', input: { city: 'Bern' } }],
    usage: { input: 12, cacheRead: 5, output: 9, reasoning: 4 },
    headers: { 'x-ratelimit-remaining-requests': '3' },
  }
  const asked = { model: 'gpt-test', input: 'Rain?', include: ['reasoning.encrypted_content' as const] }

  it('streams what it would answer whole', async () => {
    await using openai = await createFakeOpenai([step, step])
    const client = connect(openai)
    const { data: whole, response } = await client.responses.create(asked).withResponse()
    expect(response.headers.get('x-ratelimit-remaining-requests')).toBe('3')
    expect(whole).toMatchObject({
      id: 'resp_fake_0',
      model: 'gpt-test',
      status: 'completed',
      output_text: 'It rains. ☔️',
      output: [
        { type: 'reasoning', encrypted_content: 'encrypted-rs_fake_0', summary: [{ text: 'Rain is likely.' }] },
        { type: 'message', content: [{ text: 'It rains. ☔️' }] },
        { type: 'function_call', call_id: 'call_fake_0_0', name: 'get_weather', arguments: '{"city":"Bern"}' },
      ],
      usage: { input_tokens: 17, input_tokens_details: { cached_tokens: 5 }, output_tokens: 9, total_tokens: 26 },
    })
    const streamed = await client.responses.stream(asked).finalResponse()
    expect(streamed.output_text).toBe(whole.output_text)
    expect(streamed.usage).toEqual(whole.usage)
    expect(streamed.output.map(({ type }) => type)).toEqual(whole.output.map(({ type }) => type))
  })

  it.each([
    ['length', { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } }],
    ['content_filter', { status: 'incomplete', incomplete_details: { reason: 'content_filter' } }],
  ])('ends an answer that is cut by %s as incomplete', async (finishReason, end) => {
    await using openai = await createFakeOpenai([{ text: 'It', finishReason }])
    expect(await connect(openai).responses.create(asked)).toMatchObject(end)
  })

  it.each([
    [{ input: undefined }, "Missing required parameter: 'input'."],
    [
      { input: [{ type: 'function_call_output' as const, call_id: 'call_9', output: 'x' }] },
      'No tool call found for function call output with call_id call_9.',
    ],
  ])('refuses a request with %j', async (change, message) => {
    await using openai = await createFakeOpenai()
    await expect(connect(openai).responses.create({ ...asked, ...change } as unknown as typeof asked)).rejects.toThrow(
      message,
    )
  })

  it('has an error in the stream', async () => {
    await using openai = await createFakeOpenai([{ text: 'One two.', fault: { type: 'stream-error', at: 'last' } }])
    const texts: string[] = []
    const read = async (): Promise<void> => {
      for await (const event of await connect(openai).responses.create({ ...asked, stream: true })) {
        if (event.type === 'response.output_text.delta') texts.push(event.delta)
      }
    }
    await expect(read()).rejects.toBeInstanceOf(OpenAI.APIError)
    expect(texts).toEqual(['One ', 'two.'])
  })
})
