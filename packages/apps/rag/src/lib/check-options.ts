import { describeValue, expectKnownKeys } from '@empire/errors'
import type { AskOptions } from './ask-options.ts'
import { defaultModel, embedderForms, isEmbedderName, isModelName, modelForms } from './model-name.ts'
import { UsageError } from './usage-error.ts'

const names = [
  'question',
  'paths',
  'index',
  'top',
  'budget',
  'model',
  'embedder',
  'record',
  'replay',
  'trace',
  'environment',
  'signal',
  'onProgress',
  'onText',
] as const satisfies readonly (keyof AskOptions)[]

type Options = { readonly [Name in keyof AskOptions]: unknown }

/** Refuses what callers without types may pass, before any file is read. */
export function checkOptions(options: AskOptions): void {
  expectKnownKeys('ask: "options"', options, names)
  const { question, paths, index, top = 1, budget = 1, model = defaultModel } = options as Options
  const { embedder, record, replay, trace, onProgress, onText } = options as Options
  if (typeof question !== 'string' || question.trim() === '') throw mismatch('question', 'a question', question)
  if (paths !== undefined && (!Array.isArray(paths) || paths.length === 0)) {
    throw mismatch('paths', 'an array of at least one path', paths)
  }
  if (index !== undefined && (typeof index !== 'string' || index === '')) throw mismatch('index', 'a file', index)
  if (index !== undefined && paths !== undefined) throw new TypeError('ask: give "paths" or "index", not both.')
  if (!isCount(top)) throw mismatch('top', 'a whole number from 1', top)
  if (!isCount(budget)) throw mismatch('budget', 'a whole number from 1', budget)
  if (!isModelName(model) && !isModel(model)) throw mismatch('model', `a model or one of ${modelForms}`, model)
  if (embedder !== undefined && !isEmbedderName(embedder)) {
    throw mismatch('embedder', `one of ${embedderForms}`, embedder)
  }
  if (embedder !== undefined && index === undefined) throw new TypeError('ask: "embedder" needs "index".')
  if (trace !== undefined && (typeof trace !== 'string' || trace === '')) throw mismatch('trace', 'a file', trace)
  for (const [name, value] of Object.entries({ onProgress, onText })) {
    if (value !== undefined && typeof value !== 'function') throw mismatch(name, 'a function', value)
  }
  for (const [name, folder] of Object.entries({ record, replay })) {
    if (folder !== undefined && (typeof folder !== 'string' || folder === '')) throw mismatch(name, 'a folder', folder)
  }
  if (record !== undefined && replay !== undefined) throw new TypeError('ask: give "record" or "replay", not both.')
  requireFolder()
}

function isModel(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'stream' in value && typeof value.stream === 'function'
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) > 0
}

/** A shell may stand in a folder that was removed. */
function requireFolder(): void {
  try {
    process.cwd()
  } catch (cause) {
    throw new UsageError('The current folder does not exist any more. Change to one that does.', { cause })
  }
}

function mismatch(name: string, expected: string, came: unknown): TypeError {
  return new TypeError(`ask: "${name}" must be ${expected}, got ${describeValue(came)}.`)
}
