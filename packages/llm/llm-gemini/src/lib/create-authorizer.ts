import { ModelError } from '@empire/llm'
import { redact } from '@empire/redaction'
import { isApiKey } from './check-options.ts'
import type { GeminiConnection } from './gemini-connection.ts'
import { loadSdk } from './load-sdk.ts'

/** Proves who asks. */
export interface GeminiAuthorizer {
  /** The headers that do so. Rejects with a `ModelError`. */
  headers(): Promise<Record<string, string>>
  /** A text without the key. */
  hide(text: string): string
}

/** What is shorter is no key but a word, and stands in others. */
const shortest = 8

/** How many keys may be under way at a time, of one that changes. */
const remembered = 8

/** By the key, or on Vertex AI by the credentials that Google's SDK finds. */
export function createAuthorizer({ apiKey, vertex }: GeminiConnection): GeminiAuthorizer {
  /** The latest first. */
  let keys: string[] = []
  let tokens: Promise<() => Promise<Headers>> | undefined

  async function keyHeaders(): Promise<Record<string, string>> {
    const key = (typeof apiKey === 'function' ? await askFor(apiKey) : apiKey)?.trim()
    if (!isApiKey(key)) {
      throw new ModelError('authentication', 'Expected "apiKey" to give a text of letters, digits and signs.')
    }
    if (key.length >= shortest && !keys.includes(key)) keys = [key, ...keys].slice(0, remembered)
    return { 'x-goog-api-key': key }
  }

  async function tokenHeaders(): Promise<Record<string, string>> {
    tokens ??= openTokens(vertex)
    try {
      return Object.fromEntries(await (await tokens)())
    } catch (error) {
      tokens = undefined
      throw new ModelError(
        'authentication',
        'Google gave no token. Run "gcloud auth application-default login", or pass "vertex.authOptions".',
        // It may hold the whole request for a token.
        { cause: redact(error) },
      )
    }
  }

  return {
    headers: () => (apiKey === undefined ? tokenHeaders() : keyHeaders()),
    hide: (text) => keys.reduce((hidden, key) => hidden.replaceAll(key, '[redacted]'), text),
  }
}

async function askFor(apiKey: () => string | Promise<string>): Promise<string | undefined> {
  try {
    const key: unknown = await apiKey()
    return typeof key === 'string' ? key : undefined
  } catch (error) {
    throw new ModelError('authentication', 'The function "apiKey" failed.', { cause: redact(error) })
  }
}

async function openTokens({ project, location = 'global', authOptions }: NonNullable<GeminiConnection['vertex']> = {}) {
  const { GoogleGenAI } = await loadSdk()
  const client = new GoogleGenAI({
    vertexai: true,
    ...(project === undefined ? {} : { project }),
    location,
    ...(authOptions === undefined ? {} : { googleAuthOptions: authOptions }),
  })
  // The one member of the SDK that is not public: it renews tokens, and there is no other way to them.
  const api = client['apiClient']
  return () => api.getAuthHeaders()
}
