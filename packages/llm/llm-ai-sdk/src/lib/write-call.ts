import type { LanguageModelV4CallOptions, LanguageModelV4FunctionTool } from '@ai-sdk/provider'
import type { PreparedRequest, ReasoningOptions, SchemaInput, ToolChoice, ToolDefinition } from '@empire/llm'
import { writeSchema } from '@empire/llm/client'
import { type PromptSettings, writePrompt } from './write-prompt.ts'

/** What a bridge adds to each call. */
export interface CallSettings extends PromptSettings {
  readonly providerOptions?: LanguageModelV4CallOptions['providerOptions'] | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
}

/** The options of a call. Throws a `ModelError` with `invalid_request` or `unsupported` for what has no form there. */
export function writeCall(
  request: PreparedRequest,
  settings: CallSettings,
  abortSignal: AbortSignal,
): LanguageModelV4CallOptions {
  const { context, tools = [], toolChoice, output, reasoning, vendor } = request
  const { maxTokens, temperature, topP, topK, stopSequences, seed } = request
  const { providerOptions, headers, vendor: name } = settings
  const write = (schema: SchemaInput, path: string): LanguageModelV4FunctionTool['inputSchema'] =>
    writeSchema(schema, { vendor: name, dialect: 'draft-07', path }) as LanguageModelV4FunctionTool['inputSchema']
  return {
    ...defined({
      maxOutputTokens: maxTokens,
      temperature,
      topP,
      topK,
      stopSequences: stopSequences === undefined ? undefined : [...stopSequences],
      seed,
      reasoning: reasoning === undefined ? undefined : writeReasoning(reasoning),
      providerOptions,
      headers: headers === undefined ? undefined : { ...headers },
    }),
    prompt: writePrompt(context, settings),
    ...(output === undefined
      ? {}
      : {
          responseFormat: {
            type: 'json',
            schema: write(output.schema, 'output.schema'),
            name: output.name ?? 'answer',
          },
        }),
    ...(tools.length === 0
      ? {}
      : { tools: tools.map((tool, index) => writeTool(tool, write(tool.input, `tools[${index}].input`))) }),
    ...(toolChoice === undefined ? {} : { toolChoice: writeChoice(toolChoice) }),
    ...vendor?.['aiSdk'],
    abortSignal,
  }
}

function writeTool(
  { name, description }: ToolDefinition,
  inputSchema: LanguageModelV4FunctionTool['inputSchema'],
): LanguageModelV4FunctionTool {
  return { type: 'function', name, ...(description === undefined ? {} : { description }), inputSchema }
}

function writeChoice(choice: ToolChoice): NonNullable<LanguageModelV4CallOptions['toolChoice']> {
  return typeof choice === 'string' ? { type: choice } : { type: 'tool', toolName: choice.tool }
}

/** From these budgets on, the SDK has a higher word. */
const [medium, high] = [4096, 16_384]

function writeReasoning({ budget, effort }: ReasoningOptions): LanguageModelV4CallOptions['reasoning'] {
  if (budget === undefined) return effort
  if (budget === 0) return 'none'
  if (budget < medium) return 'low'
  return budget < high ? 'medium' : 'high'
}

function defined<Options extends object>(
  options: Options,
): { [Name in keyof Options]: Exclude<Options[Name], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Options]: Exclude<Options[Name], undefined>
  }
}
