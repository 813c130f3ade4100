import { describe, expect, it } from 'vitest'
import { gptEncodingOf, gptEncodings } from './gpt-encoding-of.ts'
import { UnknownModelError } from './unknown-model-error.ts'

// The tables of tiktoken/model.py: names, and one model for each prefix.
const models = {
  o200k_base: `o1 o3 o4-mini gpt-5 gpt-4.1 gpt-4o o1-preview o3-mini-2025-01-31 o4-mini-2025-04-16 gpt-5-mini gpt-4.5-preview
    gpt-4.1-nano chatgpt-4o-latest gpt-4o-2024-05-13 ft:gpt-4o:company::id`,
  cl100k_base: `gpt-4 gpt-3.5-turbo gpt-3.5 gpt-35-turbo davinci-002 babbage-002 text-embedding-ada-002 text-embedding-3-small
    text-embedding-3-large gpt-4-0314 gpt-4-32k gpt-3.5-turbo-0301 gpt-35-turbo-16k ft:gpt-4:company::id
    ft:gpt-3.5-turbo:company::id ft:davinci-002:company::id ft:babbage-002:company::id`,
  p50k_base: `text-davinci-003 text-davinci-002 code-davinci-002 code-davinci-001 code-cushman-002 code-cushman-001
    davinci-codex cushman-codex`,
  r50k_base: `text-davinci-001 text-curie-001 text-babbage-001 text-ada-001 davinci curie babbage ada
    text-similarity-davinci-001 text-similarity-curie-001 text-similarity-babbage-001 text-similarity-ada-001
    text-search-davinci-doc-001 text-search-curie-doc-001 text-search-babbage-doc-001 text-search-ada-doc-001
    code-search-babbage-code-001 code-search-ada-code-001`,
}

// Encodings that differ from the one they are taken for in special tokens alone: o200k_harmony, p50k_edit, gpt2.
const alike = {
  o200k_base: 'gpt-oss-20b gpt-oss-120b',
  p50k_base: 'text-davinci-edit-001 code-davinci-edit-001',
  r50k_base: 'gpt2 gpt-2',
}

// No longer or not yet in that table, by the families above.
const others = {
  o200k_base:
    'o1-pro o3-deep-research gpt-5.1 gpt-5-codex gpt-4o-realtime-preview codex-mini-latest computer-use-preview',
  cl100k_base: 'azure/gpt-35-turbo OpenAI/GPT-4-Turbo',
}

function pairsOf(table: Readonly<Record<string, string>>): string[][] {
  return Object.entries(table).flatMap(([encoding, names]) => names.split(/\s+/).map((name) => [name, encoding]))
}

describe('gptEncodingOf', () => {
  it.each([...pairsOf(models), ...pairsOf(alike), ...pairsOf(others)])(
    'takes for %s the encoding %s',
    (model, encoding) => {
      expect(gptEncodingOf(model as string)).toBe(encoding)
    },
  )

  it.each(['claude-sonnet-4-5', 'gpt', 'gpt-6', '', '__proto__', 'constructor'])('refuses "%s"', (model) => {
    expect(() => gptEncodingOf(model)).toThrow(UnknownModelError)
  })

  it('says what it knows and what to do', () => {
    expect(() => gptEncodingOf('claude-3')).toThrow(
      /^Expected a model whose name begins with one of gpt-5, gpt-4o, .+; got a string \("claude-3"\)\. Give the encoding instead if you know it, or count with createEstimator\(\) of @empire\/tokens; a context does so with \{ onUnknownModel: "estimate" \}\.$/,
    )
  })
})

describe('gptEncodings', () => {
  it('has the newest first', () => {
    expect(gptEncodings).toEqual(['o200k_base', 'cl100k_base', 'p50k_base', 'r50k_base'])
  })
})
