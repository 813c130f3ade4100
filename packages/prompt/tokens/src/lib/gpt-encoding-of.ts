import { findModelPrefix } from './model-prefix.ts'
import { UnknownModelError } from './unknown-model-error.ts'

/** An encoding that OpenAI has published: how text is split, and the tokens that the pieces are made of. */
export type GptEncoding = 'o200k_base' | 'cl100k_base' | 'p50k_base' | 'r50k_base'

// Source: tiktoken/model.py as of October 2026. js-tiktoken takes davinci-002 and babbage-002 for older models of these names.
// gpt-oss speaks o200k_harmony, whose ranks are those of o200k_base, and gpt2's are r50k_base's.
const families: Record<GptEncoding, readonly string[]> = {
  o200k_base: ['gpt-5', 'gpt-4o', 'gpt-4.', 'chatgpt-4o', 'gpt-oss', 'o1', 'o3', 'o4', 'codex-mini', 'computer-use'],
  cl100k_base: [
    'gpt-4',
    'gpt-3.5',
    'gpt-35',
    'davinci-002',
    'babbage-002',
    'text-embedding-3',
    'text-embedding-ada-002',
  ],
  p50k_base: [
    'text-davinci-002',
    'text-davinci-003',
    'text-davinci-edit',
    'code-davinci',
    'code-cushman',
    'davinci-codex',
    'cushman-codex',
  ],
  r50k_base: [
    'gpt2',
    'gpt-2',
    'text-davinci-001',
    'text-curie-001',
    'text-babbage-001',
    'text-ada-001',
    'text-similarity',
    'text-search',
    'code-search',
    'davinci',
    'curie',
    'babbage',
    'ada',
  ],
}

/** The names of all encodings. */
export const gptEncodings = Object.keys(families) as readonly GptEncoding[]

const encodings = new Map(
  Object.entries(families).flatMap(([encoding, prefixes]) =>
    prefixes.map((prefix): [string, GptEncoding] => [prefix, encoding as GptEncoding]),
  ),
)

/** The encoding that a GPT model reads. Throws `UnknownModelError` for a model of no known family. */
export function gptEncodingOf(model: string): GptEncoding {
  const prefix = findModelPrefix(model, encodings.keys())
  const encoding = prefix === undefined ? undefined : encodings.get(prefix)
  if (encoding !== undefined) return encoding
  throw new UnknownModelError(
    model,
    [...encodings.keys()],
    'Give the encoding instead if you know it, or count with createEstimator() of @empire/tokens; a context does so with { onUnknownModel: "estimate" }.',
  )
}
