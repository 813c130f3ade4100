import { type EmbeddingModel, ModelError } from '@empire/llm'
import { createRetryBudget, retry } from '@empire/resilience'
import { type Environment, given, readKey } from './environment.ts'
import { type EmbedderName, parseModelName } from './model-name.ts'

const attempts = 4

/**
 * The embedding model of a name, which is its id. Vendor and key are looked for when there is something to embed: what the index file
 * knows needs neither. What fails for a while is tried again.
 *
 * Its calls reject with MissingKeyError when the environment has no key for it.
 */
export function createEmbedder(name: EmbedderName, environment: Environment): EmbeddingModel {
  let model: Promise<EmbeddingModel> | undefined
  return {
    id: name,
    embed: (texts, options = {}) =>
      retry(async () => (await (model ??= connect(name, environment))).embed(texts, options), {
        attempts,
        signal: options.signal,
        budget: createRetryBudget({ retries: attempts - 1 }),
        isRetryable: (error) => error instanceof ModelError && error.retryable,
      }),
  }
}

function connect(name: EmbedderName, environment: Environment): Promise<EmbeddingModel> {
  const { vendor, id, baseUrl } = parseModelName(name)!
  const create = vendor === 'gemini' ? createGemini : createOpenai
  return create(name, id, baseUrl, environment)
}

async function createGemini(
  name: EmbedderName,
  model: string,
  address: string | undefined,
  environment: Environment,
): Promise<EmbeddingModel> {
  const apiKey = readKey(name, environment, ['GEMINI_API_KEY', 'GOOGLE_API_KEY'])
  const { createGeminiEmbedding } = await import('@empire/llm-gemini')
  return createGeminiEmbedding({ model, apiKey, baseUrl: address ?? given(environment['GOOGLE_GEMINI_BASE_URL']) })
}

async function createOpenai(
  name: EmbedderName,
  model: string,
  address: string | undefined,
  environment: Environment,
): Promise<EmbeddingModel> {
  const baseURL = address ?? given(environment['OPENAI_BASE_URL'])
  // A server of one's own seldom wants a key, and says so if it does.
  const apiKey =
    address === undefined
      ? readKey(name, environment, ['OPENAI_API_KEY'])
      : (given(environment['OPENAI_API_KEY']) ?? 'none')
  const [{ createOpenAI }, { fromAiSdk }] = await Promise.all([import('@ai-sdk/openai'), import('@empire/llm-ai-sdk')])
  return fromAiSdk(createOpenAI({ apiKey, ...(baseURL !== undefined && { baseURL }) }).embedding(model))
}
