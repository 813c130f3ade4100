import type { Context } from '@empire/context'
import { type GeminiPrompt, toGemini } from '@empire/context/gemini'
import { EmpireError } from '@empire/errors'
import { ModelError, type PreparedRequest, type SchemaInput, type ToolChoice, type ToolDefinition } from '@empire/llm'
import { writeSchema } from '@empire/llm/client'
import type { JsonSchemaObject } from '@empire/schema'
import type { HarmBlockThreshold, HarmCategory } from '@google/genai'
import { mergeFields } from './merge-fields.ts'
import { isBeforeGemini3 } from './model-family.ts'
import { writeThinking } from './write-thinking.ts'

/** From which probability of harm on Gemini refuses. */
export interface GeminiSafetySetting {
  readonly category: `${HarmCategory}`
  readonly threshold: `${HarmBlockThreshold}`
}

/** How messages are written: as in `toGemini` of `@empire/context/gemini`. */
export interface GeminiPromptSettings {
  /** Moves system messages that stand behind others before them. Default: they are an error. */
  readonly hoistSystem?: boolean | undefined
  /** What becomes of the names of speakers. */
  readonly names?: 'prefix' | 'omit' | undefined
  /** What the user says first where the model would begin. Default: nothing, which is an error where a call would. */
  readonly opening?: string | undefined
}

/** What a client adds to each request. */
export interface GeminiSettings extends GeminiPromptSettings {
  readonly model: string
  readonly safetySettings?: readonly GeminiSafetySetting[] | undefined
  /** The name of a cached content: `cachedContents/…`. */
  readonly cachedContent?: string | undefined
}

/** A `GenerateContentRequest` as JSON data. */
export type GeminiBody = Readonly<Record<string, unknown>>

/** The body of a request. Throws a `ModelError` with `invalid_request` for what has no form there. */
export function writeBody(request: PreparedRequest, settings: GeminiSettings): GeminiBody {
  const { tools = [], toolChoice, vendor } = request
  const { model, safetySettings, cachedContent } = settings
  const generationConfig = writeConfig(request, model)
  // Without tools there is nothing to choose; what must be chosen is refused by Gemini then.
  const hasChoice = toolChoice !== undefined && (tools.length > 0 || (toolChoice !== 'auto' && toolChoice !== 'none'))
  const body = {
    ...writePrompt(request.context, settings),
    ...(tools.length === 0 ? {} : { tools: [{ functionDeclarations: tools.map(writeTool) }] }),
    ...(hasChoice ? { toolConfig: { functionCallingConfig: writeChoice(toolChoice) } } : {}),
    ...(Object.keys(generationConfig).length === 0 ? {} : { generationConfig }),
    ...(safetySettings === undefined ? {} : { safetySettings }),
    ...(cachedContent === undefined ? {} : { cachedContent }),
  }
  return vendor?.['gemini'] === undefined ? body : mergeFields(body, vendor['gemini'])
}

/** Calls that are not Gemini's own have no signature, and this is what it takes instead. */
const noSignature = 'skip_thought_signature_validator'

function writePrompt(context: Context, { model, hoistSystem, names, opening }: GeminiSettings): GeminiPrompt {
  try {
    return toGemini(context, {
      hoistSystem,
      names,
      opening,
      ...(isBeforeGemini3(model) ? {} : { thoughtSignature: noSignature }),
    })
  } catch (cause) {
    if (!EmpireError.isInstance(cause) || cause.code !== 'unsupported_message') throw cause
    const { messageIndex, reason } = cause.details
    const path = `messages[${String(messageIndex)}]`
    throw new ModelError('invalid_request', cause.message, { cause, details: { path, reason } })
  }
}

function writeConfig(request: PreparedRequest, model: string): GeminiBody {
  const { temperature, topP, topK, maxTokens, stopSequences, seed, output, reasoning } = request
  const fields = {
    temperature,
    topP,
    topK,
    maxOutputTokens: maxTokens,
    stopSequences,
    seed,
    ...(output === undefined
      ? {}
      : { responseMimeType: 'application/json', responseJsonSchema: write(output.schema, 'output.schema') }),
    thinkingConfig: reasoning === undefined ? undefined : writeThinking(reasoning, model),
  }
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}

function write(schema: SchemaInput, path: string): JsonSchemaObject {
  return writeSchema(schema, { vendor: 'Gemini', dialect: 'gemini', path })
}

function writeTool({ name, description, input }: ToolDefinition, index: number): GeminiBody {
  const parametersJsonSchema = write(input, `tools[${index}].input`)
  const { properties } = parametersJsonSchema
  // An object without properties is refused; a function without parameters has none.
  const isEmpty = typeof properties !== 'object' || properties === null || Object.keys(properties).length === 0
  return {
    name,
    ...(description === undefined ? {} : { description }),
    ...(isEmpty ? {} : { parametersJsonSchema }),
  }
}

function writeChoice(choice: ToolChoice): GeminiBody {
  if (choice === 'auto') return { mode: 'AUTO' }
  if (choice === 'none') return { mode: 'NONE' }
  if (choice === 'required') return { mode: 'ANY' }
  return { mode: 'ANY', allowedFunctionNames: [choice.tool] }
}
