import { describe, expect, it } from 'vitest'
import { modelTraits } from './model-traits.ts'
import { writeThinking } from './write-thinking.ts'

const adaptive = { type: 'adaptive', display: 'summarized' }

describe('writeThinking', () => {
  it.each([
    ['claude-opus-5-5', undefined, {}],
    ['claude-opus-5-5', {}, {}],
    ['claude-opus-5-5', { effort: 'low' }, { thinking: adaptive, effort: 'low' }],
    ['claude-opus-5-5', { budget: 1000 }, { thinking: adaptive, effort: 'low' }],
    ['claude-opus-5-5', { budget: 10_000 }, { thinking: adaptive, effort: 'medium' }],
    ['claude-opus-5-5', { budget: 50_000 }, { thinking: adaptive, effort: 'high' }],
    ['claude-opus-5-5', { budget: 50_000, effort: 'low' }, { thinking: adaptive, effort: 'low' }],
    ['claude-opus-5-5', { budget: 0 }, {}],
    ['claude-sonnet-5-5', { budget: 0 }, { thinking: { type: 'disabled' } }],
    ['claude-opus-4-6', { effort: 'high' }, { thinking: adaptive, effort: 'high' }],
    ['claude-opus-4-6', { budget: 2000 }, { thinking: { type: 'enabled', budget_tokens: 2000 } }],
    ['claude-opus-4-5', { effort: 'low' }, { thinking: { type: 'enabled', budget_tokens: 4096 } }],
    ['claude-opus-4-5', { effort: 'high' }, { thinking: { type: 'enabled', budget_tokens: 9999 } }],
    ['claude-3-5-haiku-20241022', { effort: 'high' }, {}],
    ['some-model', { effort: 'low' }, { thinking: adaptive, effort: 'low' }],
    ['some-model', { budget: 2000 }, { thinking: { type: 'enabled', budget_tokens: 2000 } }],
  ] as const)('tells %s %j as %j', (model, reasoning, fields) => {
    expect(writeThinking(reasoning, modelTraits(model), 10_000)).toEqual(fields)
  })

  it('does without thoughts for which the answer has no room', () => {
    expect(writeThinking({ effort: 'high' }, modelTraits('claude-opus-4-5'), 1024)).toEqual({})
    expect(writeThinking({ effort: 'high' }, modelTraits('claude-opus-4-5'), 1025)).toEqual({
      thinking: { type: 'enabled', budget_tokens: 1024 },
    })
  })

  it.each([1, 1023, 10_000])('refuses a budget of %i', (budget) => {
    expect(() => writeThinking({ budget }, modelTraits('claude-opus-4-5'), 10_000)).toThrow(
      expect.objectContaining({ code: 'invalid_request', details: { path: 'reasoning.budget' } }),
    )
  })
})
