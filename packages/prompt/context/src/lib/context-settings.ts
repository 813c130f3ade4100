import { describeValue } from '@empire/errors'
import type { TemplateEngine } from '@empire/template'
import type { TokenCounter } from '@empire/tokens'
import { checkKnownKeys } from './known-keys.ts'
import type { EngineMap } from './render-message.ts'
import type { TokenTally } from './token-tally.ts'

/** Options of `createContext` and `withOptions`. None is required. */
export interface ContextOptions {
  /** The name of the model, for counting and for those who read the context. */
  model?: string | undefined
  /** The temperature to generate with, from 0 upwards. Advisory. */
  temperature?: number | undefined
  /** How many tokens the context should have at most. Advisory: nothing is cut. */
  maxTokens?: number | undefined
  /** What counts tokens. */
  tokenCounter?: TokenCounter | undefined
  /** The engines that messages may name. */
  engines?: readonly TemplateEngine[] | undefined
}

/** Everything of a context but its messages; shared by those that differ in messages only. */
export interface Settings {
  readonly model: string | undefined
  readonly temperature: number | undefined
  readonly maxTokens: number | undefined
  readonly tokenCounter: TokenCounter | undefined
  readonly engines: EngineMap
  /** Made when first asked for, and again when what it depends on changes. */
  tally: TokenTally | undefined
}

/** The settings of a context without options. */
export const noSettings: Settings = Object.freeze({
  model: undefined,
  temperature: undefined,
  maxTokens: undefined,
  tokenCounter: undefined,
  engines: new Map(),
  tally: undefined,
})

const known = new Set(['model', 'temperature', 'maxTokens', 'tokenCounter', 'engines'])

/** Settings in which the options that are given, be it as `undefined`, replace those of `base`. */
export function changeSettings(base: Settings, options: ContextOptions): Settings {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw mismatch('options', 'an object', options)
  }
  checkKnownKeys(options, known, 'options')
  const { model, temperature, maxTokens, tokenCounter, engines } = { ...base, engines: undefined, ...options }
  if (model !== undefined && (typeof model !== 'string' || model === '')) {
    throw mismatch('model', 'the name of a model', model)
  }
  if (temperature !== undefined && !(Number.isFinite(temperature) && temperature >= 0)) {
    throw mismatch('temperature', 'a finite number from 0 upwards', temperature)
  }
  if (maxTokens !== undefined && !(Number.isSafeInteger(maxTokens) && maxTokens > 0)) {
    throw mismatch('maxTokens', 'a positive integer', maxTokens)
  }
  if (tokenCounter !== undefined && typeof tokenCounter?.count !== 'function') {
    throw mismatch('tokenCounter', 'a TokenCounter', tokenCounter)
  }
  const engineMap = 'engines' in options ? mapEngines(engines ?? []) : base.engines
  const counts = model === base.model && tokenCounter === base.tokenCounter && engineMap === base.engines
  return { model, temperature, maxTokens, tokenCounter, engines: engineMap, tally: counts ? base.tally : undefined }
}

function mapEngines(engines: readonly TemplateEngine[]): EngineMap {
  if (!Array.isArray(engines)) throw mismatch('engines', 'an array of engines', engines)
  const map = new Map<string, TemplateEngine>()
  for (const [index, engine] of engines.entries()) {
    if (typeof engine?.compile !== 'function' || typeof engine.name !== 'string') {
      throw mismatch(`engines[${index}]`, 'a TemplateEngine', engine)
    }
    if (map.has(engine.name))
      throw new TypeError(`Expected "engines" to have different names, got "${engine.name}" twice.`)
    map.set(engine.name, engine)
  }
  return map
}

function mismatch(field: string, expected: string, came: unknown): TypeError {
  return new TypeError(`Expected "${field}" to be ${expected}, got ${describeValue(came)}.`)
}
