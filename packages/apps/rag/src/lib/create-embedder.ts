import { type EmbeddingModel, ModelError } from '@empire/llm'
import { createRetryBudget, retry } from '@empire/resilience'
import { type Environment, given, readKey } from './environment.ts'
import { type EmbedderName, parseModelName } from './model-name.ts'

const attempts = 4

/**
 * Makes the embedding model of a name, which is its id. Vendors are loaded only when they are asked; what fails for a while is
 * tried again.
 *
 * @throws MissingKeyError when the environment has no key for it.
 */
export async function createEmbedder(name: EmbedderName, environment: Environment): Promise<EmbeddingModel> {
  const { vendor, id, baseUrl } = parseModelName(name)!
  const model =
    vendor === 'gemini'
      ? await createGemini(name, id, baseUrl, environment)
      : await createOpenai(name, id, baseUrl, environment)
  return {
    ...model,
    id: name,
    embed: (texts, options = {}) =>
      retry(() => model.embed(texts, options), {
        attempts,
        signal: options.signal,
        budget: createRetryBudget({ retries: attempts - 1 }),
        isRetryable: (error) => error instanceof ModelError && error.retryable,
      }),
  }
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
