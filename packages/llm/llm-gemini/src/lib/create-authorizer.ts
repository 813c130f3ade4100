import { ModelError } from '@empire/llm'
import { redact } from '@empire/redaction'
import type { GeminiConnection } from './gemini-connection.ts'
import { loadSdk } from './load-sdk.ts'

/** Proves who asks. */
export interface GeminiAuthorizer {
  /** The headers that do so. Rejects with a `ModelError`. */
  headers(): Promise<Record<string, string>>
  /** A text without the key. */
  hide(text: string): string
}

/** By the key, or on Vertex AI by the credentials that Google's SDK finds. */
export function createAuthorizer({ apiKey, vertex }: GeminiConnection): GeminiAuthorizer {
  let lastKey = typeof apiKey === 'string' ? apiKey : ''
  let tokens: Promise<() => Promise<Headers>> | undefined

  async function keyHeaders(): Promise<Record<string, string>> {
    const key = typeof apiKey === 'function' ? await apiKey() : apiKey
    if (typeof key !== 'string' || key === '') {
      throw new ModelError('authentication', 'Expected "apiKey" to give a string that is not empty.')
    }
    lastKey = key
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
    hide: (text) => (lastKey === '' ? text : text.replaceAll(lastKey, '[redacted]')),
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
