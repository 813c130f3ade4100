import { describeValue, expectKnownKeys } from '@empire/errors'
import { detectMimeType } from './detect-mime-type.ts'
import { InvalidMediaTypeError } from './invalid-media-type-error.ts'
import { isRecord } from './is-record.ts'
import { keyAliases } from './key-aliases.ts'
import { toKnownMessage } from './known-message.ts'
import type { MediaMessage } from './message.ts'
import type { MediaInput, MediaMessageInput } from './message-input.ts'
import type { MessageMaker } from './message-maker.ts'
import { copyParts, checkText, partNames } from './message-parts.ts'
import { mismatch } from './mismatch.ts'

const inputNames = ['mimeType', 'url', 'data', 'size', ...partNames]
const known = ['role', 'raw', ...inputNames]

/** What `media` takes, as what `add` takes. */
export function toMediaMessageInput(input: MediaInput): MediaMessageInput {
  if (!isRecord(input)) throw mismatch('media', 'an object such as { url: "https://example.com/cat.png" }', input)
  expectKnownKeys('"media"', input, inputNames, keyAliases)
  return { ...input, role: 'media' }
}

/** Type and subtype as RFC 6838 has them, and parameters. */
const mimeType = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:;.*)?$/

/** A medium. Throws `InvalidMediaTypeError` for no type or one that is none, `TypeError` for all else. */
export function createMediaMessage(input: MediaMessageInput, { createId }: MessageMaker): MediaMessage {
  expectKnownKeys('"message"', input, known, keyAliases)
  const place = placeOf(input)
  const type = input.mimeType ?? place.mimeType
  if (typeof type !== 'string' || !mimeType.test(type)) throw new InvalidMediaTypeError(type, place.url)
  const size = checkSize(input.size ?? (place.data === undefined ? undefined : bytesOf(place.data)))
  const raw = input.raw ?? place.url ?? `[${type}, ${size} bytes]`
  if (typeof raw !== 'string') throw mismatch('raw', 'a string', raw)
  return toKnownMessage({
    id: checkText('id', input.id ?? createId()),
    role: 'media',
    raw,
    mimeType: type,
    ...(place.url === undefined ? {} : { url: place.url }),
    ...(place.data === undefined ? {} : { data: place.data }),
    ...(size === undefined ? {} : { size }),
    ...copyParts(raw, input),
  })
}

interface Place {
  readonly url?: string
  readonly data?: string
  readonly mimeType: string | undefined
}

const dataUrl = /^data:([^,]*);base64,/i

/** What the medium is: a URL, or data. A URL that holds its data would be rendered and counted with all of it. */
function placeOf({ url, data }: MediaMessageInput): Place {
  if ((url === undefined) === (data === undefined)) {
    throw new TypeError(
      `Expected either "url" or "data" of a medium, got ${url === undefined ? 'neither' : 'both'}. For example: context.media({ url: "https://example.com/cat.png" }).`,
    )
  }
  if (url === undefined) return { data: checkBase64(data), mimeType: undefined }
  const given = checkText('url', url)
  const head = dataUrl.exec(given)?.[0]
  const type = detectMimeType(given)
  return head === undefined
    ? { url: given, mimeType: type }
    : { data: checkBase64(given.slice(head.length)), mimeType: type }
}

function checkBase64(data: unknown): string {
  if (typeof data === 'string' && data.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(data)) return data
  // The data itself is nobody's business.
  const came = typeof data === 'string' ? `${data.length} characters that are not` : describeValue(data)
  throw new TypeError(`Expected "data" to be base64 with its padding, got ${came}.`)
}

function bytesOf(base64: string): number {
  return (base64.length / 4) * 3 - (base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0)
}

function checkSize(size: number | undefined): number | undefined {
  if (size === undefined || (Number.isSafeInteger(size) && size >= 0)) return size
  throw mismatch('size', 'a whole number of bytes', size)
}
