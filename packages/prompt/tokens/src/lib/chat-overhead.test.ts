import { describe, expect, it } from 'vitest'
import { chatOverhead } from './chat-overhead.ts'
import { UnknownModelError } from './unknown-model-error.ts'

describe('chatOverhead', () => {
  it('gives the figures of the family and where they come from', () => {
    expect(chatOverhead('gpt-4o-mini')).toEqual({
      family: 'gpt-4o',
      perMessage: 4,
      perName: 1,
      perReply: 3,
      documented: true,
      source: 'OpenAI cookbook, "How to count tokens with tiktoken", section 6 (3 per message and 1 for its role)',
    })
  })

  it('says which figures are an assumption', () => {
    expect(chatOverhead('claude-sonnet-4-5')).toMatchObject({ family: 'claude', documented: false })
    expect(chatOverhead('models/gemini-2.5-pro')).toMatchObject({ family: 'gemini', documented: false })
  })

  it('knows the snapshot that had another format', () => {
    expect(chatOverhead('gpt-3.5-turbo-0301')).toMatchObject({ perMessage: 5, perName: -1 })
  })

  it('refuses a model it does not know, and names what it knows', () => {
    expect(() => chatOverhead('llama-3')).toThrow(UnknownModelError)
    expect(() => chatOverhead('llama-3')).toThrow(
      'Expected a model whose name begins with one of gpt-3.5-turbo-0301, gpt-3.5, gpt-35, gpt-4, gpt-4o, gpt-4., gpt-5, gpt-oss, chatgpt-4o, o1, o3, o4, claude, gemini; got a string ("llama-3"). Ask for the family that the model is closest to.',
    )
  })

  it.each(['', '__proto__', 'constructor', 'gpt-40'])('refuses "%s"', (model) => {
    expect(() => chatOverhead(model)).toThrow(expect.objectContaining({ code: 'unknown_model' }))
  })

  it('refuses what is no name', () => {
    expect(() => chatOverhead(undefined as never)).toThrow(
      new TypeError('Expected "model" to be the name of a model, got undefined.'),
    )
  })

  it('cannot be changed', () => {
    expect(chatOverhead('gpt-4')).toSatisfy(Object.isFrozen)
  })
})
