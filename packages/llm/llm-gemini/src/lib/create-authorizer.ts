import { ModelError } from '@empire/llm'
import { isSecretName, redact } from '@empire/redaction'
import { isApiKey } from './check-options.ts'
import type { GeminiConnection } from './gemini-connection.ts'
import { loadSdk } from './load-sdk.ts'

/** Proves who asks. */
export interface GeminiAuthorizer {
  /** The headers of a call: those that do so, and those of the options; at once where they are known. Rejects with a `ModelError`. */
  headers(): Record<string, string> | Promise<Record<string, string>>
  /** A text without the secrets of these headers. */
  hide(text: string): string
}

/** What is shorter is no key but a word, and stands in others. */
const shortest = 8

/** How many keys or tokens may be under way at a time, of one that changes. */
const remembered = 8

/** By the key, or on Vertex AI by the credentials that Google's SDK finds. */
export function createAuthorizer({ apiKey, vertex, headers = {} }: GeminiConnection): GeminiAuthorizer {
  const own = Object.fromEntries(new Headers(headers))
  const fixed = Object.entries(own).flatMap(([name, value]) => (isSecretName(name) ? secretsOf(value) : []))
  /** The latest first. */
  let latest: string[] = []
  let tokens: Promise<() => Promise<Headers>> | undefined

  function keyHeaders(given: string | undefined): Record<string, string> {
    const key = given?.trim()
    if (!isApiKey(key)) {
      throw new ModelError('authentication', 'Expected "apiKey" to give a text of letters, digits and signs.')
    }
    remember(key)
    return { ...own, 'x-goog-api-key': key }
  }

  async function tokenHeaders(): Promise<Record<string, string>> {
    tokens ??= openTokens(vertex)
    try {
      const given = await (await tokens)()
      remember(given.get('authorization') ?? '')
      return { ...own, ...Object.fromEntries(given) }
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

  function remember(value: string): void {
    for (const secret of secretsOf(value)) {
      if (!latest.includes(secret)) latest = [secret, ...latest].slice(0, remembered)
    }
  }

  return {
    headers() {
      if (apiKey === undefined) return tokenHeaders()
      return typeof apiKey === 'function' ? askFor(apiKey).then(keyHeaders) : keyHeaders(apiKey)
    },
    hide: (text) => [...latest, ...fixed].reduce((hidden, secret) => hidden.replaceAll(secret, '[redacted]'), text),
  }
}

/** What is secret in the value of a header: `Bearer` is not. */
function secretsOf(value: string): string[] {
  return value.split(/\s+/).filter(({ length }) => length >= shortest)
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
