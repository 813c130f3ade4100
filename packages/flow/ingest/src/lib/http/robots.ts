import { abortable } from '@empire/clock'
import { createRetryBudget, retry } from '@empire/resilience'
import { IngestError } from '../ingest-error.ts'
import { messageOf } from '../message-of.ts'
import type { HttpSettings } from './http-options.ts'
import type { SendRequest } from './http-reply.ts'
import { noRules, parseRobotsTxt, type RobotsRules } from './robots-txt.ts'

/** The rules of all hosts that are asked. */
export interface Robots {
  /**
   * What the robots.txt of its host says. Rejects with `IngestError` while that cannot be known: nothing is allowed then.
   *
   * @param path What messages say.
   */
  of(url: URL, path: string, signal?: AbortSignal): Promise<RobotsRules>
}

interface Entry {
  /** When it has to be asked for again. */
  readonly until: number
  readonly rules: RobotsRules | undefined
  /** Why there are none. */
  readonly error?: unknown
}

/** More of a robots.txt is not read (section 2.5), and no more redirects are followed (section 2.3.1.2). */
const mostBytes = 500 * 1024
const maxRedirects = 5

/** How long rules count (RFC 9309, section 2.4), and how long a failure. */
const freshFor = 24 * 60 * 60 * 1000
const failedFor = 60_000
const mostOrigins = 1_000

/** Reads each robots.txt once a day. */
export function createRobots({ settings, request }: { settings: HttpSettings; request: SendRequest }): Robots {
  const { clock, random, userAgent } = settings
  const token = /^[a-z_-]+/i.exec(userAgent)![0]
  const known = new Map<string, Entry>()
  const asking = new Map<string, Promise<Entry>>()

  async function load(origin: string, signal: AbortSignal | undefined): Promise<RobotsRules> {
    const url = new URL('/robots.txt', origin)
    const text = await request(url, { path: url.href, maxRedirects, signal }, async ({ body }) => {
      const pieces: Uint8Array[] = []
      let length = 0
      for await (const piece of body) {
        pieces.push(piece)
        length += piece.length
        if (length > mostBytes) break
      }
      const bytes = Buffer.concat(pieces)
      // The beginning of a rule would be another one.
      return new TextDecoder().decode(length > mostBytes ? bytes.subarray(0, endOfLines(bytes)) : bytes)
    })
    return parseRobotsTxt(text, token)
  }

  async function ask(origin: string, signal: AbortSignal | undefined): Promise<Entry> {
    try {
      const rules = await retry(() => load(origin, signal), {
        ...settings.retry,
        signal,
        clock,
        random,
        budget: createRetryBudget({ retries: (settings.retry.attempts ?? 3) - 1 }),
      })
      return { until: clock.now() + freshFor, rules }
    } catch (error) {
      signal?.throwIfAborted()
      // Where there is none, all is allowed; where nobody can say what it says, nothing is.
      if (IngestError.isInstance(error) && !error.retryable) {
        return { until: clock.now() + freshFor, rules: noRules }
      }
      return { until: clock.now() + failedFor, rules: known.get(origin)?.rules, error }
    }
  }

  async function find({ origin }: URL, signal: AbortSignal | undefined): Promise<Entry> {
    for (;;) {
      const entry = known.get(origin)
      if (entry !== undefined && clock.now() < entry.until) return entry
      const shared = asking.get(origin)
      if (shared !== undefined) {
        try {
          return await abortable(shared, signal)
        } catch {
          signal?.throwIfAborted()
          // Whoever asked was aborted: it is our turn.
          continue
        }
      }
      const own = ask(origin, signal)
      asking.set(origin, own)
      try {
        const found = await own
        if (known.size >= mostOrigins) known.delete(known.keys().next().value!)
        known.set(origin, found)
        return found
      } finally {
        asking.delete(origin)
      }
    }
  }

  return {
    async of(url, path, signal) {
      const { rules, error } = await find(url, signal)
      if (rules !== undefined) return rules
      const reason = `nothing is allowed, for robots.txt of ${url.host} cannot be read: ${messageOf(error)}`
      throw new IngestError('robots_unreachable', path, reason, { cause: error, retryable: true })
    },
  }
}

/** Where the last whole line ends of those that are read. */
function endOfLines(bytes: Buffer): number {
  const read = bytes.subarray(0, mostBytes)
  return Math.max(read.lastIndexOf('\n'), read.lastIndexOf('\r')) + 1
}
