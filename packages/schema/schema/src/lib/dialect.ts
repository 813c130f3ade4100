/**
 * The JSON Schema dialects that `toJsonSchema` writes.
 *
 * - `openapi-3.1`: as 2020-12; one that refers to its own parts has an `$id`, since references in an OpenAPI document start at
 *   that document otherwise
 * - `openai-strict`: structured outputs and tools with `strict: true`, where every property is required: of an optional one that
 *   is `null`, a loss says that it has to be left out before validation
 * - `gemini`: `responseJsonSchema` and `parametersJsonSchema`, not the older `responseSchema`, which has neither references nor
 *   recursion
 * - `claude`: a tool's `input_schema`; `claude-strict`: one with `strict: true`
 */
export type Dialect = '2020-12' | 'draft-07' | 'openapi-3.1' | 'openai-strict' | 'gemini' | 'claude' | 'claude-strict'

/** `input`: what may be given to the schema. `output`: what comes out of it, after transforms and defaults. */
export type Direction = 'input' | 'output'

/** Every dialect, in the order of the documentation. */
export const dialects: readonly Dialect[] = [
  '2020-12',
  'draft-07',
  'openapi-3.1',
  'openai-strict',
  'gemini',
  'claude',
  'claude-strict',
]
