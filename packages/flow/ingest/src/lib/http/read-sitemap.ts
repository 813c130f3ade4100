import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { redactText } from '@empire/redaction'
import { Parser } from 'htmlparser2'
import { IngestError } from '../ingest-error.ts'
import { addressOf } from './address-of.ts'
import type { HttpClient } from './http-client.ts'
import { bodyTooLarge } from './http-errors.ts'

/** What a sitemap names. */
export interface Sitemap {
  readonly pages: readonly URL[]
  /** Of an index. */
  readonly sitemaps: readonly URL[]
  /** Locations that are no URLs of HTTP. */
  readonly invalid: readonly string[]
}

/** The protocol allows 50 MB. */
const mostBytes = 50 * 1024 * 1024
/** Those of the protocol lie three deep; the parser takes quadratic time on what lies much deeper. */
const deepest = 64
/** As long as the protocol allows, and more than enough. */
const longestLocation = 2_048

/** Fetches a sitemap (sitemaps.org), also one in gzip. */
export function readSitemap(client: HttpClient, url: URL, signal: AbortSignal | undefined): Promise<Sitemap> {
  const path = addressOf(url)
  return client.request(url, { path, signal }, async ({ body, url: base }) => {
    const pieces: Uint8Array[] = []
    let length = 0
    for await (const piece of body) {
      pieces.push(piece)
      length += piece.length
      if (length > mostBytes) throw bodyTooLarge(path, mostBytes)
    }
    return parseSitemap(new TextDecoder().decode(await unzip(Buffer.concat(pieces, length), path)), base, path)
  })
}

async function unzip(bytes: Uint8Array, path: string): Promise<Uint8Array> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: mostBytes })
  } catch (error) {
    throw new IngestError('malformed', path, 'no gzip of at most 50 MiB.', { cause: error })
  }
}

function parseSitemap(text: string, base: URL, path: string): Sitemap {
  const found = { pages: [] as URL[], sitemaps: [] as URL[], invalid: [] as string[] }
  let parent: 'pages' | 'sitemaps' = 'pages'
  let location: string | undefined
  let root: string | undefined
  let cut = true
  let depth = 0
  const parser = new Parser(
    {
      onopentag(name) {
        root ??= name
        if (++depth > deepest)
          throw new IngestError('malformed', path, `elements lie more than ${deepest} deep in the sitemap.`)
        if (name === 'url') parent = 'pages'
        else if (name === 'sitemap') parent = 'sitemaps'
        // That of an image or video has a prefix.
        else if (name === 'loc') location = ''
      },
      ontext(piece) {
        if (location !== undefined && location.length <= longestLocation) location += piece
      },
      onclosetag(name, implied) {
        depth--
        if (name === root) cut = implied
        if (name !== 'loc' || location === undefined) return
        const url = location.length > longestLocation ? null : URL.parse(location.trim(), base.href)
        if (url === null || !['http:', 'https:'].includes(url.protocol) || url.username !== '') {
          found.invalid.push(redactText(location.trim()).slice(0, 200))
        } else {
          url.hash = ''
          found[parent].push(url)
        }
        location = undefined
      },
    },
    { xmlMode: true },
  )
  parser.end(text)
  if (root !== 'urlset' && root !== 'sitemapindex') {
    throw new IngestError('malformed', path, 'expected a sitemap, with "urlset" or "sitemapindex" around it.')
  }
  // What is missing would be taken for deleted.
  if (cut) throw new IngestError('malformed', path, `the sitemap ends within "${root}".`, { retryable: true })
  return found
}
