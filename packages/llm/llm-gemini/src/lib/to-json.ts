import { ModelError } from '@empire/llm'

/** A request as JSON. Throws a `ModelError` with `invalid_request` for what has none. */
export function toJson(body: unknown): string {
  try {
    return JSON.stringify(body)
  } catch (cause) {
    throw new ModelError('invalid_request', 'The request nests too deep, or holds what is no JSON.', {
      cause,
      details: { path: '' },
    })
  }
}
