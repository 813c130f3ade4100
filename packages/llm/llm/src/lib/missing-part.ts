import { ModelError } from './model-error.ts'

/** The error of a stream that ended before a part that every answer has. */
export function missingPart(type: 'finish' | 'usage'): ModelError {
  return type === 'finish'
    ? new ModelError(
        'interrupted',
        'Expected a "finish" part at the end of the answer, but the stream broke off before it.',
      )
    : new ModelError('invalid_response', 'Expected a "usage" part before the end of the answer, but none came.')
}
