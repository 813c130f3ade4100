import { Buffer } from 'node:buffer'
import { createHash, createHmac } from 'node:crypto'
import { renderFailure } from '../render/liquid-failure.ts'
import { escapeHtml } from '../render/escapes.ts'
import type { Run } from '../render/run.ts'
import { type Filter, filterOf } from './filter.ts'
import { charged, textOf } from './text-filters.ts'

/** A filter that makes a text of a text, and leaves nil. */
function encoding(change: (text: string) => string): Filter {
  return filterOf(0, 0, (run, value) =>
    value === undefined || value === null ? value : charged(run, change(textOf(run, value))),
  )
}

/** A filter that makes a text of a text, the empty one for nil. */
function base64(change: (text: string, run: Run) => string): Filter {
  return filterOf(0, 0, (run, value) => charged(run, change(textOf(run, value), run)))
}

const escapeFilter = encoding(escapeHtml)

const urlEncode = encoding((text) =>
  encodeURIComponent(text.toWellFormed())
    .replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+'),
)

/** Filters for texts that go into HTML, XML, a URL or Base64, or become a digest. */
export const encodingFilters: Readonly<Record<string, Filter>> = {
  escape: escapeFilter,
  h: escapeFilter,
  escape_once: base64((text) => text.replaceAll(/["><']|&(?!(?:[a-zA-Z]+|#\d+);)/g, escapeHtml)),
  url_encode: urlEncode,
  /** As `escape`, which makes no entity that XML does not have. */
  xml_escape: escapeFilter,
  cgi_escape: urlEncode,
  /** Leaves what may stand in a whole address: `/`, `?`, `#`. */
  uri_escape: encoding((text) => encodeURI(text.toWellFormed()).replaceAll('%5B', '[').replaceAll('%5D', ']')),
  sha256: base64((text) => createHash('sha256').update(text).digest('hex')),
  hmac_sha256: filterOf(1, 1, (run, value, key) => {
    const [text, secret] = [textOf(run, value), textOf(run, key)]
    return charged(run, createHmac('sha256', secret).update(text).digest('hex'))
  }),
  url_decode: encoding((text) =>
    text.replaceAll('+', ' ').replaceAll(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
      return utf8(Buffer.from(escapes.replaceAll('%', ''), 'hex'), 'The text has escapes that are no UTF-8.')
    }),
  ),
  base64_encode: base64((text) => Buffer.from(text).toString('base64')),
  base64_decode: base64((text) => {
    if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) throw renderFailure('The text is no Base64.')
    return utf8(Buffer.from(text, 'base64'), 'The Base64 holds no UTF-8.')
  }),
  base64_url_safe_encode: base64((text) =>
    Buffer.from(text).toString('base64').replaceAll('+', '-').replaceAll('/', '_'),
  ),
  base64_url_safe_decode: base64((text) => {
    if (!/^[A-Za-z0-9_-]*={0,2}$/.test(text) || text.replace(/=+$/, '').length % 4 === 1) {
      throw renderFailure('The text is no URL-safe Base64.')
    }
    return utf8(Buffer.from(text, 'base64url'), 'The Base64 holds no UTF-8.')
  }),
}

function utf8(bytes: Uint8Array, problem: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw renderFailure(problem)
  }
}
