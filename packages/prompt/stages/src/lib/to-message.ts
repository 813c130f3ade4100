import { describeValue, expectKnownKeys } from '@empire/errors'
import type { Assigns, TemplateEngine } from '@empire/template'
import type { Prompt } from './prompt.ts'
import type { RenderOptions } from './render-options.ts'

/** Options of `toMessage`. */
export interface PromptMessageOptions {
  /** Who speaks. Default: `system`. */
  role?: 'system' | 'user' | 'assistant' | undefined
  /** The engine itself, not its name, that the text is a template of: it finds the variables. Default: it is none. */
  engine?: TemplateEngine | undefined
  /** Values for the template, kept with the message. Default: none. */
  assigns?: Assigns | undefined
  /** Plain JSON data to keep with the message. Default: none. */
  metadata?: Readonly<Record<string, unknown>> | undefined
  /** The form of the text. Default: that of `render`. */
  render?: RenderOptions | undefined
}

/** A message for `add` of a context. */
export interface PromptMessage {
  role: 'system' | 'user' | 'assistant'
  /** The rendered document. */
  raw: string
  /** The name of the engine. */
  engine?: string
  assigns?: Assigns
  /** What was given; with an engine, `variables` too: the paths that the template takes, in the order of first use. */
  metadata?: Readonly<Record<string, unknown>>
}

const known = ['role', 'engine', 'assigns', 'metadata', 'render']
const roles: ReadonlySet<unknown> = new Set(['system', 'user', 'assistant'])

/**
 * The document as a message of a context.
 *
 * With an engine the text is a template, and the message says in its metadata which variables it takes. Throws what the engine
 * throws for a text that it cannot read, and `TypeError` for options that do not fit.
 */
export function toMessage(prompt: Pick<Prompt, 'render'>, options: PromptMessageOptions = {}): PromptMessage {
  expectKnownKeys('"options"', options, known)
  const { role = 'system', engine, assigns, metadata, render } = options
  if (!roles.has(role)) {
    throw new TypeError(`Expected "role" to be "system", "user" or "assistant", got ${describeValue(role)}.`)
  }
  const raw = prompt.render(render)
  if (engine === undefined) return { role, raw, ...(assigns && { assigns }), ...(metadata && { metadata }) }
  if (typeof engine?.variables !== 'function') {
    throw new TypeError(
      `Expected "engine" to be a TemplateEngine, such as createLiquid() makes, got ${describeValue(engine)}.`,
    )
  }
  const variables = engine.variables(raw).map(({ name }) => name)
  return { role, raw, engine: engine.name, ...(assigns && { assigns }), metadata: { ...metadata, variables } }
}
