import type { CallOptions } from '@empire/llm'
import { createFrameReader } from '@empire/llm/client'
import * as z from 'zod'
import { checkModelName, checkOptions } from './check-options.ts'
import { createTransport } from './create-transport.ts'
import type { GeminiConnection } from './gemini-connection.ts'
import { type GeminiListOptions, listPages } from './list-pages.ts'

/** What Google says of a model. */
export interface GeminiModelInfo {
  /** The name to pass as `model`. */
  readonly id: string
  readonly title?: string | undefined
  /** The most tokens that it reads. Vertex AI does not say it. */
  readonly inputTokens?: number | undefined
  /** The most tokens that it writes. Vertex AI does not say it. */
  readonly outputTokens?: number | undefined
  /** What can be asked of it: `generateContent`, `embedContent`. */
  readonly methods: readonly string[]
}

/** The models that there are. All methods reject with a `ModelError`, or `signal.reason`. */
export interface GeminiModels {
  /** The models, page by page as they are pulled. */
  list(options?: GeminiListOptions): AsyncIterable<GeminiModelInfo>
  /** What is known about a model. */
  get(model: string, options?: CallOptions): Promise<GeminiModelInfo>
}

const text = z.string().nullish()
const limit = z.int().nonnegative().nullish()
const schema = z.looseObject({
  name: z.string(),
  displayName: text,
  inputTokenLimit: limit,
  outputTokenLimit: limit,
  supportedGenerationMethods: z.array(z.string()).nullish(),
})
const reader = createFrameReader({ vendor: 'Gemini', schema })

/** The list of models. */
export function createGeminiModels(options: GeminiConnection): GeminiModels {
  checkOptions(options, [])
  const transport = createTransport(options)
  return Object.freeze({
    async *list(list: GeminiListOptions = {}) {
      const [path, field] = transport.isVertex ? ['publishers/google/models', 'publisherModels'] : ['models', 'models']
      for await (const model of listPages(transport, path, field, schema, list)) yield describe(model)
    },
    async get(model: string, { signal }: CallOptions = {}) {
      checkModelName(model)
      return describe(await transport.ask({ path: transport.modelPath(model), signal }, reader))
    },
  })
}

function describe(model: z.output<typeof schema>): GeminiModelInfo {
  const { name, displayName, inputTokenLimit, outputTokenLimit, supportedGenerationMethods } = model
  return {
    id: name.replace(/^(?:publishers\/google\/)?models\//, ''),
    ...(displayName ? { title: displayName } : {}),
    ...(inputTokenLimit ? { inputTokens: inputTokenLimit } : {}),
    ...(outputTokenLimit ? { outputTokens: outputTokenLimit } : {}),
    methods: supportedGenerationMethods ?? [],
  }
}
