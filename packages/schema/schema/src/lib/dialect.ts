/**
 * The JSON Schema dialects that `toJsonSchema` writes.
 *
 * `openai-strict` is for structured outputs and tools with `strict: true`; `gemini` for `responseJsonSchema` and
 * `parametersJsonSchema`; `claude` for a tool's `input_schema`, `claude-strict` for one with `strict: true`.
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
