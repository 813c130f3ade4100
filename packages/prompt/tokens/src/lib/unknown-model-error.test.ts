import { expect, it } from 'vitest'
import { UnknownModelError } from './unknown-model-error.ts'

it('UnknownModelError says what is known and what to do', () => {
  const known = ['gpt-4', 'o3']
  const error = new UnknownModelError('x', known, 'Use another.')
  expect(String(error)).toBe(
    'UnknownModelError: Expected a model whose name begins with one of gpt-4, o3; got a string ("x"). Use another.',
  )
  expect(error).toMatchObject({ code: 'unknown_model', details: { model: 'x', known }, retryable: false })
})
