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
    expect(chatOverhead('codex-mini-latest')).toMatchObject({ family: 'codex-mini', documented: false })
    expect(chatOverhead('qwen-max')).toMatchObject({ family: 'qwen', documented: false, perMessage: 5 })
  })

  it('knows the snapshot that had another format', () => {
    expect(chatOverhead('gpt-3.5-turbo-0301')).toMatchObject({ perMessage: 5, perName: -1 })
  })

  it.each([
    ['gpt-oss-120b', 'gpt-oss', 6, 0, 2],
    ['meta-llama/Llama-3.3-70B-Instruct', 'llama-3', 5, 0, 5],
    ['Meta-Llama-3-8B-Instruct', 'meta-llama-3', 5, 0, 5],
    ['llama3.2:3b', 'llama3', 5, 0, 5],
    ['Llama-4-Scout-17B-16E', 'llama-4', 5, 0, 5],
    ['Qwen/Qwen2.5-7B-Instruct', 'qwen2', 5, 0, 3],
    ['qwen3:8b', 'qwen3', 5, 0, 3],
    ['mistralai/Mistral-Nemo-Instruct-2407', 'mistral', 2, 0, 1],
    ['deepseek-ai/DeepSeek-V3', 'deepseek-v3', 2, 0, 2],
    ['deepseek-ai/DeepSeek-V3.2', 'deepseek-v3.', 3, 0, 3],
    ['deepseek-reasoner', 'deepseek-reasoner', 3, 0, 3],
    ['google/gemma-3-27b-it', 'gemma', 5, 0, 4],
  ])('counts %s from its published format', (model, family, perMessage, perName, perReply) => {
    expect(chatOverhead(model)).toMatchObject({ family, perMessage, perName, perReply, documented: true })
  })

  it.each(['us.anthropic.claude-sonnet-4-20250514-v1:0', 'anthropic/claude-opus-4', 'claude-sonnet-4@20250514'])(
    'knows the family of %s',
    (model) => {
      expect(chatOverhead(model).family).toBe('claude')
    },
  )

  it('refuses a model it does not know, and names what it knows', () => {
    expect(() => chatOverhead('llama-2')).toThrow(UnknownModelError)
    expect(() => chatOverhead('llama-2')).toThrow(
      'Expected a model whose name begins with one of gpt-3.5-turbo-0301, gpt-3.5, gpt-35, gpt-4, gpt-4o, gpt-4., gpt-5, chatgpt-4o, o1, o3, o4, codex-mini, computer-use, gpt-oss, claude, gemini, gemma, gemma2, gemma3, llama-3, llama3, meta-llama-3, llama-4, llama4, mistral, ministral, pixtral, deepseek-v3, deepseek-r1, deepseek-v3., deepseek-chat, deepseek-reasoner, qwen, qwen1, qwen2, qwen3, qwq; got a string ("llama-2"). Ask for the family that the model is closest to; a context estimates with { onUnknownModel: "estimate" }.',
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
