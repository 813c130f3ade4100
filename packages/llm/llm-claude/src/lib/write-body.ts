import { toClaude, type ClaudePrompt } from '@empire/context/claude'
import { EmpireError } from '@empire/errors'
import { ModelError, type PreparedRequest, type SchemaInput, type ToolChoice } from '@empire/llm'
import { writeSchema } from '@empire/llm/client'
import type { JsonSchemaObject } from '@empire/schema'
import { markCache, type CacheControl } from './mark-cache.ts'
import type { ModelTraits } from './model-traits.ts'
import { writeThinking } from './write-thinking.ts'

/** What the client was made with, as far as it shapes requests. */
export interface BodySettings {
  readonly model: string
  readonly traits: ModelTraits
  readonly serverTools: readonly Readonly<Record<string, unknown>>[]
  readonly cacheControl: CacheControl
  readonly hoistSystem: boolean
  readonly names: 'prefix' | 'omit' | undefined
  readonly opening: string | undefined
}

/** A body of the Messages API. */
export interface ClaudeBody extends Readonly<Record<string, unknown>> {
  readonly model: string
  readonly max_tokens: number
}

/** What an answer may have where neither the request nor the model's name says it. */
const fallbackTokens = 8192

/**
 * The body for a request. What Claude has no word for (`seed`) and what the model does not take (sampling: from 4.7 on,
 * and while it thinks; `topP` beside `temperature`) is left out; the fields of `vendor.claude` come last and win.
 *
 * Throws a `ModelError`: `invalid_request` with the path of what has no form, `unsupported` for a form of the answer that
 * an old model cannot keep.
 */
export function writeBody(request: PreparedRequest, settings: BodySettings): ClaudeBody {
  const { model, traits } = settings
  const { output, reasoning, stopSequences, temperature, topP, topK } = request
  const maxTokens = request.maxTokens ?? traits.maxOutputTokens ?? fallbackTokens
  const tools = writeTools(request, settings)
  const { thinking, effort } = writeThinking(reasoning, traits, maxTokens)
  if (output !== undefined && !traits.takesOutputFormat) {
    throw new ModelError(
      'unsupported',
      `${model} cannot keep to the form of "output". Take a newer model, or ask for JSON in words.`,
      {
        details: { feature: 'output', path: 'output' },
      },
    )
  }
  const config = {
    ...(effort === undefined ? {} : { effort }),
    ...(output === undefined
      ? {}
      : { format: { type: 'json_schema', schema: write(output.schema, 'claude-strict', 'output.schema') } }),
  }
  const takesSampling = traits.takesSampling && (thinking === undefined || thinking.type === 'disabled')
  return {
    model,
    max_tokens: maxTokens,
    ...writePrompt(request, settings, tools),
    ...(tools === undefined ? {} : { tools }),
    ...writeToolChoice(request.toolChoice, tools !== undefined),
    ...(thinking === undefined ? {} : { thinking }),
    ...(Object.keys(config).length === 0 ? {} : { output_config: config }),
    ...(temperature === undefined || !takesSampling ? {} : { temperature }),
    ...(topP === undefined || temperature !== undefined || !takesSampling ? {} : { top_p: topP }),
    ...(topK === undefined || !takesSampling ? {} : { top_k: topK }),
    ...(stopSequences === undefined || stopSequences.length === 0 ? {} : { stop_sequences: stopSequences }),
    ...request.vendor?.['claude'],
  }
}

function write(schema: SchemaInput, dialect: 'claude' | 'claude-strict', path: string): JsonSchemaObject {
  return writeSchema(schema, { vendor: 'Claude', dialect, path })
}

function writeTools(
  { tools = [] }: PreparedRequest,
  { serverTools }: BodySettings,
): readonly Readonly<Record<string, unknown>>[] | undefined {
  const own = tools.map(({ name, description, input }, index) => ({
    name,
    ...(description === undefined ? {} : { description }),
    input_schema: write(input, 'claude', `tools[${index}].input`),
  }))
  return own.length + serverTools.length === 0 ? undefined : [...own, ...serverTools]
}

function writeToolChoice(choice: ToolChoice | undefined, hasTools: boolean): object {
  if (choice === undefined) return {}
  if (typeof choice === 'object') return { tool_choice: { type: 'tool', name: choice.tool } }
  if (choice === 'required') return { tool_choice: { type: 'any' } }
  // The API refuses a choice without tools; these two say nothing then.
  return hasTools ? { tool_choice: { type: choice } } : {}
}

function writePrompt(
  { context, cacheBreakpoints = [], vendor }: PreparedRequest,
  { cacheControl, hoistSystem, names, opening, serverTools, traits }: BodySettings,
  tools: unknown,
): ClaudePrompt {
  try {
    const marks = {
      breakpoints: cacheBreakpoints,
      control: cacheControl,
      minTokens: traits.minCacheTokens,
      before: tools,
      taken: [...serverTools, vendor?.['claude'] ?? {}].filter((fields) => fields['cache_control'] !== undefined)
        .length,
    }
    return toClaude(markCache(context, marks), { hoistSystem, names, opening })
  } catch (error) {
    if (!EmpireError.isInstance(error)) throw error
    const { messageIndex } = error.details
    const path = typeof messageIndex === 'number' ? `messages[${messageIndex}]` : 'messages'
    throw new ModelError('invalid_request', error.message, { cause: error, details: { ...error.details, path } })
  }
}
