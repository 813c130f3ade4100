import { createOpenAI } from '@ai-sdk/openai'
import { collectResponse } from '@empire/llm'
import { createFakeOpenai } from '@empire/test-support/fake-openai'
import { describe, expect, it } from 'vitest'
import { fromAiSdk } from './from-ai-sdk.ts'

/** 2 KB. */
const pieces = Array.from({ length: 10 }, (_, index) => `${index} ${'It rains in the Alps. '.repeat(9)}`)
const answer = pieces.join('')

describe.each(['chat', 'responses'] as const)('1,000 streams at a time of the API of %s', (api) => {
  it('each get their own answer or failure, and leave no connection in use', async () => {
    await using openai = await createFakeOpenai(({ json }) => {
      const asked = Number(/number (\d+)/.exec(JSON.stringify(json))?.[1])
      const text = [`To ${asked}: `, ...pieces]
      return asked % 10 === 0 ? { text, fault: { type: 'stream-error', at: 'middle', status: 429 } } : { text }
    })
    const model = fromAiSdk(createOpenAI({ baseURL: openai.url, apiKey: 'k' })[api]('gpt-5'))
    const ended = await Promise.all(
      Array.from({ length: 1000 }, async (_, number) => {
        const messages = [{ role: 'user', content: `I am number ${number}` }] as const
        return collectResponse(model.stream({ messages })).then(
          ({ text }) => text,
          (error: { code: string }) => error.code,
        )
      }),
    )
    expect(ended).toEqual(
      Array.from(ended, (_, number) => (number % 10 === 0 ? 'rate_limited' : `To ${number}: ${answer}`)),
    )
    await openai.whenIdle()
    expect(openai.openRequests).toBe(0)
  }, 120_000)
})
