import { defineModel, type LanguageModel, ModelError } from '@empire/llm/model'
import { createExtractive } from '@empire/llm-extractive'
import { type Environment, given, readKey } from './environment.ts'
import { type ModelAddress, type ModelName, parseModelName } from './model-name.ts'

const timeouts = { firstContent: 300_000, betweenParts: 120_000 }

/**
 * Makes the model of a name. Vendors are loaded only when they are asked.
 *
 * @throws MissingKeyError when the environment has no key for it.
 */
export async function createModel(name: ModelName, environment: Environment): Promise<LanguageModel> {
  const address = parseModelName(name)
  if (address === undefined) return createExtractive()
  const model = await clients[address.vendor](
    address,
    (variables) => readKey(name, environment, variables),
    environment,
  )
  const { withRetry, withTimeout } = await import('@empire/llm')
  return withRetry(withTimeout(model, timeouts))
}

/** A model that answers only from a cassette: it needs no key. */
export function createSilentModel(name: ModelName): LanguageModel {
  const address = parseModelName(name)
  if (address === undefined) return createExtractive()
  return defineModel({
    id: address.id,
    vendor: vendorOf(address),
    stream() {
      throw new ModelError('network', 'Nothing is asked of a model while a record is replayed.')
    },
  })
}

type ReadKey = (variables: readonly string[]) => string

const clients: Readonly<
  Record<
    ModelAddress['vendor'],
    (address: ModelAddress, key: ReadKey, environment: Environment) => Promise<LanguageModel>
  >
> = {
  async claude({ id, baseUrl }, key, environment) {
    const apiKey = key(['ANTHROPIC_API_KEY'])
    const { createClaude } = await import('@empire/llm-claude')
    return createClaude({ model: id, apiKey, baseUrl: baseUrl ?? given(environment['ANTHROPIC_BASE_URL']) })
  },
  async gemini({ id, baseUrl }, key, environment) {
    const apiKey = key(['GEMINI_API_KEY', 'GOOGLE_API_KEY'])
    const { createGemini } = await import('@empire/llm-gemini')
    return createGemini({ model: id, apiKey, baseUrl: baseUrl ?? given(environment['GOOGLE_GEMINI_BASE_URL']) })
  },
  async openai(address, key, environment) {
    const { id, baseUrl = given(environment['OPENAI_BASE_URL']) } = address
    // A server of one's own seldom wants a key, and says so if it does.
    const apiKey =
      address.baseUrl === undefined ? key(['OPENAI_API_KEY']) : (given(environment['OPENAI_API_KEY']) ?? 'none')
    const [{ createOpenAI }, { fromAiSdk }] = await Promise.all([
      import('@ai-sdk/openai'),
      import('@empire/llm-ai-sdk'),
    ])
    const provider = createOpenAI({ apiKey, ...(baseUrl === undefined ? {} : { baseURL: baseUrl }) })
    // Chat completions are what other servers have; some models of OpenAI are to be had by its newer API only.
    const model = baseUrl === undefined ? provider.responses(id) : provider.chat(id)
    return fromAiSdk(model, { vendor: vendorOf(address) })
  },
}

/** Another server has other prices. */
function vendorOf({ vendor, baseUrl }: ModelAddress): string {
  return vendor === 'openai' && baseUrl !== undefined ? new URL(baseUrl).host : vendor
}
