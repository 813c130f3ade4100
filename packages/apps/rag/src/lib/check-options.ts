import { describeValue } from '@empire/errors'
import { modelNames } from './models.ts'
import { UsageError } from './usage-error.ts'

interface CheckedOptions {
  readonly question: unknown
  readonly paths: unknown
  readonly top: unknown
  readonly budget: unknown
  readonly model: unknown
}

/** Refuses what callers without types may pass, before any file is read. */
export function checkOptions({ question, paths, top, budget, model }: CheckedOptions): void {
  if (typeof question !== 'string' || question.trim() === '') throw mismatch('question', 'a question', question)
  if (paths !== undefined && (!Array.isArray(paths) || paths.length === 0)) {
    throw mismatch('paths', 'an array of at least one path', paths)
  }
  if (!isCount(top)) throw mismatch('top', 'a whole number from 1', top)
  if (!isCount(budget)) throw mismatch('budget', 'a whole number from 1', budget)
  if (!modelNames.some((name) => name === model)) throw mismatch('model', `one of ${modelNames.join(', ')}`, model)
  requireFolder()
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
