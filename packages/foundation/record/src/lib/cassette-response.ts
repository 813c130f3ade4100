import { isUtf8 } from 'node:buffer'
import type { Redactor, SecretInText } from '@empire/redaction'
import { type CassetteBody, encodeBody } from './cassette-request.ts'

/** What came back, as a cassette keeps it, without secrets. */
export interface CassetteResponse {
  readonly status: number
  readonly statusText: string
  readonly url: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** When the headers came, in milliseconds after the request. */
  readonly at: number
  readonly body: CassetteBody
  /** When each chunk came, in milliseconds after the request, and how many bytes it has. */
  readonly chunks: readonly (readonly [at: number, bytes: number])[]
  /** How the body ended: as it should, with an error, or because its reader stopped. */
  readonly end: 'complete' | 'failed' | 'stopped'
  /** When it ended. */
  readonly endAt: number
  readonly failure?: CassetteFailure
}

/** An error of `fetch` or of its body. */
export interface CassetteFailure {
  readonly name: string
  readonly message: string
  /** The `code` of its cause, such as `ECONNRESET`. */
  readonly code?: string
}

/** A request that was never answered. */
export interface CassetteNoResponse {
  readonly at: number
  readonly failure: CassetteFailure
}

export interface TimedChunk {
  readonly at: number
  readonly bytes: Uint8Array
}

/** Body and chunks without secrets, also without those that stand across chunks: the cuts move with the text. */
export function redactChunks(
  chunks: readonly TimedChunk[],
  redactor: Redactor,
): Pick<CassetteResponse, 'body' | 'chunks'> {
  const bytes = Buffer.concat(chunks.map((chunk) => chunk.bytes))
  // Bytes that are no UTF-8 may hold text, too.
  const encoding = isUtf8(bytes) ? 'utf8' : 'latin1'
  const text = bytes.toString(encoding)
  const secrets = redactor.findSecrets(text)
  const moved = moveCuts(cutsOf(chunks), { text, secrets, encoding })
  let start = 0
  const timed = chunks.map(({ at }, index): [number, number] => {
    const end = moved[index] ?? start
    const length = end - start
    start = end
    return [at, length]
  })
  return { body: encodeBody(Buffer.from(replaceAll(text, secrets), encoding)), chunks: timed }
}

function replaceAll(text: string, secrets: readonly SecretInText[]): string {
  let replaced = ''
  let end = 0
  for (const secret of secrets) {
    replaced += text.slice(end, secret.start) + secret.replacement
    end = secret.end
  }
  return replaced + text.slice(end)
}

/** Where each chunk ends, in bytes. */
function cutsOf(chunks: readonly TimedChunk[]): number[] {
  let end = 0
  return chunks.map(({ bytes }) => (end += bytes.length))
}

interface FoundSecrets {
  readonly text: string
  readonly secrets: readonly SecretInText[]
  readonly encoding: 'utf8' | 'latin1'
}

/** The cuts in the redacted text: one within a secret comes to stand behind what replaces it. */
function moveCuts(cuts: readonly number[], { text, secrets, encoding }: FoundSecrets): number[] {
  let index = 0
  let end = 0
  let bytes = 0
  let shift = 0
  const moved: number[] = []
  for (const secret of secrets) {
    bytes += Buffer.byteLength(text.slice(end, secret.start), encoding)
    const secretBytes = Buffer.byteLength(text.slice(secret.start, secret.end), encoding)
    for (; index < cuts.length && (cuts[index] ?? 0) <= bytes; index++) moved.push((cuts[index] ?? 0) + shift)
    const replaced = bytes + shift + Buffer.byteLength(secret.replacement)
    bytes += secretBytes
    shift = replaced - bytes
    for (; index < cuts.length && (cuts[index] ?? 0) < bytes; index++) moved.push(replaced)
    end = secret.end
  }
  for (; index < cuts.length; index++) moved.push((cuts[index] ?? 0) + shift)
  return moved
}

export function describeFailure(error: unknown): CassetteFailure {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) }
  const { cause } = error
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined
  return { name: error.name, message: error.message, ...(typeof code === 'string' ? { code } : {}) }
}

export function restoreFailure({ name, message, code }: CassetteFailure): Error {
  const cause = code === undefined ? undefined : { cause: Object.assign(new Error(code), { code }) }
  const error = name === 'TypeError' ? new TypeError(message, cause) : new Error(message, cause)
  if (error.name !== name) error.name = name
  return error
}
