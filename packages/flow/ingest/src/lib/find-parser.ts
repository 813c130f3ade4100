import type { Parser } from './parser.ts'

/** The first of the parsers that reads a media type, whatever its parameters and case; `undefined` if none does. */
export function findParser<Found extends Pick<Parser, 'mediaTypes'>>(
  parsers: readonly Found[],
  mediaType: string,
): Found | undefined {
  const type = mediaType.split(';', 1)[0]!.trim().toLowerCase()
  const family = type.slice(0, type.indexOf('/') + 1)
  return parsers.find(({ mediaTypes }) => mediaTypes.includes(type) || mediaTypes.includes(`${family}*`))
}
