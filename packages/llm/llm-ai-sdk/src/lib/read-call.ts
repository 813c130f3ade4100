import type { LanguageModelV4CallOptions, SharedV4Warning } from '@ai-sdk/provider'
import type { ModelRequest, ReasoningOptions, ToolChoice, ToolDefinition } from '@empire/llm'
import { readPrompt } from './read-prompt.ts'

/** A call of the SDK as a request, and what of it has no form there. */
export interface ReadCall {
  readonly request: ModelRequest
  readonly warnings: SharedV4Warning[]
}

/** What our requests have no word for. */
const unsupported = ['presencePenalty', 'frequencyPenalty'] as const

/** Reads the options of a call. Throws `InvalidPromptError` for a prompt that a context has no form for. */
export function readCall(options: LanguageModelV4CallOptions): ReadCall {
  const { prompt, maxOutputTokens, temperature, topP, topK, stopSequences, seed, providerOptions } = options
  const { tools = [], toolChoice, responseFormat, reasoning } = options
  const { context, cacheBreakpoints } = readPrompt(prompt)
  const warnings: SharedV4Warning[] = []
  for (const feature of unsupported) {
    if (options[feature] !== undefined) warnings.push({ type: 'unsupported', feature })
  }
  const definitions = tools.flatMap((tool): ToolDefinition[] => {
    if (tool.type === 'function') {
      const { name, description, inputSchema } = tool
      return [{ name, ...(description === undefined ? {} : { description }), input: { ...inputSchema } }]
    }
    warnings.push({
      type: 'unsupported',
      feature: `tool ${tool.id}`,
      details: 'Tools of other providers are left out.',
    })
    return []
  })
  if (responseFormat?.type === 'json' && responseFormat.schema === undefined) {
    warnings.push({ type: 'unsupported', feature: 'responseFormat', details: 'JSON needs a schema.' })
  }
  const request: ModelRequest = {
    messages: context,
    ...defined({
      maxTokens: maxOutputTokens,
      temperature,
      topP,
      topK,
      stopSequences,
      seed,
      vendor: providerOptions,
      tools: definitions.length === 0 ? undefined : definitions,
      toolChoice: toolChoice === undefined ? undefined : readChoice(toolChoice),
      cacheBreakpoints: cacheBreakpoints.length === 0 ? undefined : cacheBreakpoints,
      reasoning: reasoning === undefined ? undefined : readReasoning(reasoning, warnings),
    }),
    ...(responseFormat?.type === 'json' && responseFormat.schema !== undefined
      ? { output: { schema: { ...responseFormat.schema }, ...defined({ name: responseFormat.name }) } }
      : {}),
  }
  return { request, warnings }
}

function readChoice(choice: NonNullable<LanguageModelV4CallOptions['toolChoice']>): ToolChoice {
  return choice.type === 'tool' ? { tool: choice.toolName } : choice.type
}

type Effort = NonNullable<LanguageModelV4CallOptions['reasoning']>

/** The efforts that we have no word for, and the nearest one. */
const nearest = { minimal: 'low', xhigh: 'high', max: 'high' } as const

function readReasoning(effort: Effort, warnings: SharedV4Warning[]): ReasoningOptions | undefined {
  if (effort === 'provider-default') return undefined
  if (effort === 'none') return { budget: 0 }
  if (effort !== 'minimal' && effort !== 'xhigh' && effort !== 'max') return { effort }
  warnings.push({
    type: 'compatibility',
    feature: 'reasoning',
    details: `"${effort}" is taken for "${nearest[effort]}".`,
  })
  return { effort: nearest[effort] }
}

function defined(fields: Partial<ModelRequest> | { name?: string | undefined }): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}
