import { detectMimeType } from '../detect-mime-type.ts'
import type { MediaMessage } from '../message.ts'
import type { UnsupportedMessageError } from './unsupported-message-error.ts'
import { refuse, type Vendor, type WireEntry } from './wire-entry.ts'

/** Where media come from: bytes as base64, or an address. The type is in small letters and without parameters. */
export type MediaSource =
  | { readonly type: 'data'; readonly mimeType: string; readonly data: string }
  | { readonly type: 'url'; readonly mimeType: string; readonly url: string }

/** The source of a media message. */
export function mediaSource({ mimeType: given, data, url = '' }: MediaMessage): MediaSource {
  const mimeType = (given.split(';', 1)[0] as string).trim().toLowerCase()
  return data === undefined ? { type: 'url', mimeType, url } : { type: 'data', mimeType, data }
}

/** The error for media from where the vendor does not take them. */
export function refuseSource(
  vendor: Vendor,
  entry: WireEntry<MediaMessage>,
  { type, mimeType }: MediaSource,
  takes: string,
): UnsupportedMessageError {
  const came = type === 'data' ? '"data"' : 'a "url" of another kind'
  return refuse(vendor, entry, 'media_source', `it takes ${mimeType} from ${takes}, and this is ${came}.`)
}

/** The error for media of a type that the vendor does not take. */
export function refuseType(
  vendor: Vendor,
  entry: WireEntry<MediaMessage>,
  { mimeType }: MediaSource,
  takes: string,
): UnsupportedMessageError {
  return refuse(vendor, entry, 'media_type', `it takes ${takes}, and this is ${mimeType}.`)
}

/** Whether an address is one of the web. */
export function isWebAddress(url: string): boolean {
  return /^https?:\/\//i.test(url)
}

/** The type of what is at an address, if it is one of `types`; most do not say it, and vendors find out by themselves. */
export function typeOfAddress(url: string, types: ReadonlySet<string>, otherwise: string): string {
  const type = detectMimeType(url)
  return type !== undefined && types.has(type) ? type : otherwise
}
