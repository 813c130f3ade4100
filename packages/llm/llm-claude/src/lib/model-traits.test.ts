import { describe, expect, it } from 'vitest'
import { modelTraits } from './model-traits.ts'

describe('modelTraits', () => {
  it.each([
    ['claude-opus-5-5', 128_000, 'adaptive', false, false, 512],
    ['claude-fable-5', 128_000, 'adaptive', false, false, 512],
    ['claude-sonnet-5-5', 128_000, 'adaptive', true, false, 1024],
    ['claude-haiku-5-5', 128_000, 'adaptive', true, false, 512],
    ['claude-opus-4-8', 128_000, 'adaptive', true, false, 1024],
    ['claude-opus-4-7', 128_000, 'adaptive', true, false, 2048],
    ['claude-opus-4-6', 128_000, 'either', true, true, 4096],
    ['claude-sonnet-4-6', 64_000, 'either', true, true, 1024],
    ['claude-haiku-4-5-20251001', 64_000, 'budget', true, true, 4096],
    ['claude-sonnet-4-20250514', 64_000, 'budget', true, true, 1024],
    ['claude-opus-4-1@20250805', 32_000, 'budget', true, true, 1024],
    ['claude-3-7-sonnet-20250219', 64_000, 'budget', true, true, 1024],
    ['claude-3-5-haiku-20241022', 8192, 'none', true, true, 2048],
    ['claude-3-opus-20240229', 4096, 'none', true, true, 1024],
    ['us.anthropic.claude-opus-4-5-20251101-v1:0', 64_000, 'budget', true, true, 4096],
    ['claude-next', undefined, 'either', true, true, 0],
    ['', undefined, 'either', true, true, 0],
  ])('knows %s', (model, maxOutputTokens, thinking, canStopThinking, takesSampling, minCacheTokens) => {
    expect(modelTraits(model)).toMatchObject({
      maxOutputTokens,
      thinking,
      canStopThinking,
      takesSampling,
      minCacheTokens,
    })
  })

  it.each([
    ['claude-opus-4-8', true, true],
    ['claude-opus-4-7', false, true],
    ['claude-opus-4-1', false, true],
    ['claude-sonnet-4-20250514', false, false],
    ['claude-next', true, true],
  ])('knows whether %s takes later system messages and forms of the answer', (model, system, output) => {
    expect(modelTraits(model)).toMatchObject({ takesLaterSystem: system, takesOutputFormat: output })
  })
})
