import { describeValue, EmpireError } from '@empire/errors'
import { ModelError, type ModelErrorCode } from '../model-error.ts'

/** A failure as plain JSON data. */
export interface ErrorData {
  readonly code: string
  readonly message: string
  readonly retryable: boolean
  readonly details: Readonly<Record<string, unknown>>
}

/** A failure as data; the stack and the cause are left out. */
export function errorData(error: unknown): ErrorData {
  if (EmpireError.isInstance(error)) {
    const { code, message, retryable, details } = error
    return { code, message, retryable, details: jsonOnly(details) }
  }
  const [code, message] = error instanceof Error ? [error.name, error.message] : [typeof error, wordsOf(error)]
  return { code, message, retryable: false, details: {} }
}

/** Not every object has words for itself. */
function wordsOf(thrown: unknown): string {
  return typeof thrown === 'object' ? describeValue(thrown) : String(thrown)
}

/** The failure again, from its data. */
export function errorFromData({ code, message, retryable, details }: ErrorData): ModelError {
  return new ModelError(code as ModelErrorCode, message, { retryable, details })
}

/** Details of errors of others may hold what is no JSON. */
function jsonOnly(details: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(JSON.stringify(details)) as Readonly<Record<string, unknown>>
  } catch {
    return {}
  }
}
