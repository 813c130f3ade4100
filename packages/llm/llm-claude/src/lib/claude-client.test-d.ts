import type Anthropic from '@anthropic-ai/sdk'
import type { BaseAnthropic } from '@anthropic-ai/sdk/client'
import type { LanguageModel, ModelResponse } from '@empire/llm'
import type { ClaudeClient } from './claude-client.ts'
import { createClaude } from './create-claude.ts'

declare const sdk: Anthropic
/** What the packages for Bedrock and Vertex extend. */
declare const platform: BaseAnthropic

sdk satisfies ClaudeClient
platform satisfies ClaudeClient

const claude = createClaude({ model: 'claude-opus-5-5', client: sdk })
claude satisfies LanguageModel
claude.generate({ messages: [] }) satisfies Promise<ModelResponse>
claude.countTokens({ messages: [] }) satisfies Promise<number>

// @ts-expect-error: there is no model without a name
createClaude({ apiKey: 'x' })
// @ts-expect-error: an option that does not exist
createClaude({ model: 'claude-opus-5-5', retries: 3 })
