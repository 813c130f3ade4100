/** A request as a cassette keeps and compares it, without secrets. */
export interface CassetteRequest {
  readonly method: string
  readonly url: string
  /** Only those that the cassette compares, in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** JSON as data, other UTF-8 as text, other bytes in base64; `null` when there is none. */
  readonly body: CassetteBody | { readonly json: unknown } | null
}

/** Bytes as text where they are UTF-8, else in base64. */
export type CassetteBody = { readonly text: string } | { readonly base64: string }

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export function encodeBody(bytes: Uint8Array): CassetteBody {
  try {
    return { text: decoder.decode(bytes) }
  } catch {
    return { base64: Buffer.from(bytes).toString('base64') }
  }
}

export function decodeBody(body: CassetteBody): Uint8Array<ArrayBuffer> {
  return new Uint8Array('text' in body ? Buffer.from(body.text) : Buffer.from(body.base64, 'base64'))
}

/** A request as data, with the headers of these names. */
export function describeRequest(request: Request, bytes: Uint8Array, headerNames: readonly string[]): CassetteRequest {
  const headers: Record<string, string> = {}
  for (const name of headerNames) {
    const value = request.headers.get(name)
    if (value !== null) headers[name.toLowerCase()] = value
  }
  return { method: request.method, url: request.url, headers, body: describeBody(bytes) }
}

// In JSON, a surrogate that is escaped may be a lone one, which no canonical JSON can hold: such a body stays text.
const escapedSurrogate = /\\u[dD][89a-fA-F]/

function describeBody(bytes: Uint8Array): CassetteRequest['body'] {
  if (bytes.length === 0) return null
  const body = encodeBody(bytes)
  if (!('text' in body) || !/^\s*[[{]/.test(body.text) || escapedSurrogate.test(body.text)) return body
  try {
    return { json: JSON.parse(body.text) as unknown }
  } catch {
    return body
  }
}
