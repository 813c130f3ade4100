import { describe, expect, it } from 'vitest'
import { findModelPrefix } from './model-prefix.ts'

describe('findModelPrefix', () => {
  it.each([
    ['gpt-4', 'gpt-4'],
    ['gpt-4-turbo', 'gpt-4'],
    ['gpt-4o-2024-08-06', 'gpt-4o'],
    ['gpt-4.1-mini', 'gpt-4.'],
    ['o3', 'o3'],
    ['o3:latest', 'o3'],
    ['openai/gpt-4o', 'gpt-4o'],
    ['accounts/a/models/gpt-4', 'gpt-4'],
    ['ft:gpt-4:company::id', 'gpt-4'],
    ['OpenAI/GPT-4o', 'gpt-4o'],
    ['openai.gpt-4o-v1:0', 'gpt-4o'],
    ['eu.azure-openai.gpt-4', 'gpt-4'],
  ])('finds %s by %s, the longest', (model, prefix) => {
    expect(findModelPrefix(model, ['gpt-4', 'gpt-4o', 'gpt-4.', 'o3'])).toBe(prefix)
  })

  it.each(['', 'gpt', 'gpt-40', 'gpt-4é', 'o33', 'my-gpt-4', '1.gpt-4', 'gpt-4/', '__proto__'])(
    'finds nothing in "%s"',
    (model) => {
      expect(findModelPrefix(model, ['gpt-4', 'o3'])).toBeUndefined()
    },
  )
})
