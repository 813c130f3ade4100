import { createEstimator } from '@empire/tokens'
import type { ToolDefinition } from './model-request.ts'
import type { PreparedRequest } from './prepared-request.ts'
import { schemaDocument } from './schema-document.ts'

/** What a medium is taken for: about what vendors count for a picture of a megapixel. */
const perMedium = 1600

const estimator = createEstimator()
const counted = new WeakMap<object, number>()

/**
 * About how many tokens a request has: its messages, tools and the form of the answer. A message, tool or form that comes
 * again is not counted again. A medium is taken for 1,600 tokens.
 */
export function estimateTokens({ context, tools = [], output }: PreparedRequest): number {
  let tokens = context.withOptions({ tokenCounter: estimator, onUnknownModel: 'estimate' }).tokenCount()
  for (const message of context.messages) if (message.role === 'media') tokens += perMedium
  for (const tool of tools) tokens += once(tool, textOf)
  if (output !== undefined) tokens += once(output.schema, (schema) => JSON.stringify(schemaDocument(schema)))
  return tokens
}

function textOf({ name, description = '', input }: ToolDefinition): string {
  return `${name} ${description} ${JSON.stringify(schemaDocument(input))}`
}

function once<Value extends object>(value: Value, write: (value: Value) => string): number {
  let tokens = counted.get(value)
  if (tokens === undefined) {
    tokens = estimator.count(write(value))
    counted.set(value, tokens)
  }
  return tokens
}
