import { describeValue } from '@empire/errors'
import { isModelName, modelForms } from './model-name.ts'
import { UsageError } from './usage-error.ts'

interface CheckedOptions {
  readonly question: unknown
  readonly paths: unknown
  readonly index: unknown
  readonly top: unknown
  readonly budget: unknown
  readonly model: unknown
  readonly record: unknown
  readonly replay: unknown
}

/** Refuses what callers without types may pass, before any file is read. */
export function checkOptions({ question, paths, index, top, budget, model, record, replay }: CheckedOptions): void {
  if (typeof question !== 'string' || question.trim() === '') throw mismatch('question', 'a question', question)
  if (paths !== undefined && (!Array.isArray(paths) || paths.length === 0)) {
    throw mismatch('paths', 'an array of at least one path', paths)
  }
  if (index !== undefined && (typeof index !== 'string' || index === '')) throw mismatch('index', 'a file', index)
  if (index !== undefined && paths !== undefined) throw new TypeError('ask: give "paths" or "index", not both.')
  if (!isCount(top)) throw mismatch('top', 'a whole number from 1', top)
  if (!isCount(budget)) throw mismatch('budget', 'a whole number from 1', budget)
  if (!isModelName(model) && !isModel(model)) throw mismatch('model', `a model or one of ${modelForms}`, model)
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
