import { describeValue } from '@empire/errors'

/** A URL of HTTP, without its fragment. Throws `TypeError` for anything else, and does not repeat a password. */
export function readUrl(name: string, value: string | URL): URL {
  const url = typeof value === 'string' || value instanceof URL ? URL.parse(String(value)) : null
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw new TypeError(
      `Expected "${name}" to be URLs that begin with http:// or https://, got ${describeValue(value)}.`,
    )
  }
  if (url.username !== '' || url.password !== '') {
    throw new TypeError(`Expected "${name}" to have no user or password in the URL for ${url.host}. Use "headers".`)
  }
  url.hash = ''
  return url
}
