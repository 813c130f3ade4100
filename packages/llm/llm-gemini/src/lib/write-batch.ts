import { expectKnownKeys } from '@empire/errors'
import { ModelError, type ModelRequest, prepareRequest } from '@empire/llm'
import { toJson } from './to-json.ts'
import { type GeminiBody, type GeminiSettings, writeBody } from './write-body.ts'

/** One request of a batch. */
export interface GeminiBatchRequest {
  /** Its own in the batch: its result has it too. */
  readonly key: string
  readonly request: ModelRequest
}

/** The requests of a batch: within the call, or as the lines of a file. */
export type WrittenBatch =
  | { readonly type: 'inline'; readonly requests: readonly object[] }
  | { readonly type: 'file'; readonly file: Blob }

/** The most bytes of requests that Google takes without a file: 20 MB, less what stands around them. */
const mostInline = 19_000_000

/** Throws a `TypeError` for keys that are wrong, and a `ModelError` with the path of a request that is. */
export function writeBatch(requests: readonly GeminiBatchRequest[], settings: GeminiSettings): WrittenBatch {
  checkKeys(requests)
  const written = requests.map(({ key, request }, index) => ({ key, request: write(request, index, settings) }))
  const lines = new Blob(
    written.map((line) => `${toJson(line)}\n`),
    { type: 'application/jsonl' },
  )
  if (lines.size > mostInline) return { type: 'file', file: lines }
  return { type: 'inline', requests: written.map(({ key, request }) => ({ request, metadata: { key } })) }
}

function write(request: ModelRequest, index: number, settings: GeminiSettings): GeminiBody {
  try {
    return writeBody(prepareRequest(request), settings)
  } catch (error) {
    if (!(error instanceof ModelError)) throw error
    const path = [`requests[${index}].request`, error.details.path].filter(Boolean).join('.')
    throw new ModelError(error.code, `requests[${index}]: ${error.message}`, {
      cause: error,
      details: { ...error.details, path },
    })
  }
}

function checkKeys(requests: readonly GeminiBatchRequest[]): void {
  if (!Array.isArray(requests) || requests.length === 0) {
    throw new TypeError('Expected "requests" to be an array of at least one { key, request }.')
  }
  const keys = new Set<string>()
  for (const [index, entry] of requests.entries()) {
    expectKnownKeys(`"requests[${index}]"`, entry, ['key', 'request'])
    const { key }: { key?: unknown } = entry
    if (typeof key !== 'string' || key === '') {
      throw new TypeError(`Expected "requests[${index}].key" to be a string that is not empty.`)
    }
    if (keys.has(key)) throw new TypeError(`Expected "requests[${index}].key" to be another one than before: "${key}".`)
    keys.add(key)
  }
}
