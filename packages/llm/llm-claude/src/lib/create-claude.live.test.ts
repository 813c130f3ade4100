import { modelCases } from '@empire/llm/conformance'
import { runConformance } from '@empire/test-support'
import { describe, it } from 'vitest'
import { createClaude } from './create-claude.ts'

const { ANTHROPIC_API_KEY: apiKey, EMPIRE_TEST_CLAUDE_MODEL: model = 'claude-haiku-4-5' } = process.env
const messages = [{ role: 'user', content: 'What is the weather in Bern? Use the tool.' }] as const
const input = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }

if (apiKey === undefined || apiKey === '') {
  // A key costs money: nobody's is used by accident.
  console.log('The tests against the real Claude are skipped: ANTHROPIC_API_KEY is not set.')
}

describe.skipIf(apiKey === undefined || apiKey === '')('the real Claude', { timeout: 120_000 }, () => {
  runConformance(
    modelCases(() => createClaude({ model, apiKey, maxOutputTokens: 300 }), {
      deterministic: false,
      toolRequest: { messages, tools: [{ name: 'get_weather', description: 'The weather of a city.', input }] },
    }),
    { describe, it },
  )
})
