import { linkSignal } from '@empire/clock'
import { describeValue } from '@empire/errors'
import { withTimeout } from '@empire/resilience'
import { IngestError } from '../ingest-error.ts'
import { createHostGate } from './host-gate.ts'
import { networkError, statusError } from './http-errors.ts'
import { readHeaders } from './read-headers.ts'
import type { HttpSettings } from './http-options.ts'
import type { HttpBody, HttpReply, HttpRequest, SendRequest } from './http-reply.ts'
import { createRobots } from './robots.ts'

/** Fetches with the manners that the settings ask for. */
export interface HttpClient {
  readonly settings: HttpSettings
  /**
   * Sends a request, follows redirects, and gives the answer to `use` while the request counts for its host.
   *
   * Rejects with `IngestError` for answers without content, networks that fail and what robots.txt forbids.
   */
  readonly request: SendRequest
}

type Step<Value> = { readonly value: Value } | { readonly redirect: URL }

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])
/** A host that wants to be left alone for longer is not waited for. */
const longestPause = 60_000

/** @param options.robots Whether robots.txt is obeyed. Throws `TypeError` for anything but a boolean. */
export function createHttpClient(settings: HttpSettings, { robots }: { robots: boolean }): HttpClient {
  if (typeof robots !== 'boolean') {
    throw new TypeError(`Expected "robots" to be true or false, got ${describeValue(robots)}.`)
  }
  const { fetch, clock, userAgent, timeout } = settings
  const gate = createHostGate(settings)
  const rules = createRobots({ settings, request: (url, options, use) => request(url, options, use, false) })

  async function request<Value>(
    url: URL,
    { path, headers = {}, origin = url.origin, maxRedirects = settings.maxRedirects, signal }: HttpRequest,
    use: (reply: HttpReply) => Promise<Value>,
    polite: boolean,
  ): Promise<Value> {
    signal?.throwIfAborted()
    let at = url
    for (let hops = 0; hops <= maxRedirects; hops++) {
      const found = polite ? await rules.of(at, path, signal) : undefined
      if (found?.allows(at) === false) {
        const reason = `skipped, robots.txt of ${at.host} does not allow it.`
        throw new IngestError('disallowed_by_robots', path, reason, { skipped: true })
      }
      expectPatience(at, path)
      const delay = Math.max(settings.delay, found?.crawlDelay ?? 0)
      // Robots.txt is asked for by everybody in the same way.
      const secret = at.origin === origin && !isRobots(url) ? await ownHeaders(at, signal) : {}
      const all = allHeaders(headers, secret, userAgent)
      const step: Step<Value> = await gate.run(
        at.host,
        async () => {
          expectPatience(at, path)
          const reply = await send(at, path, all, signal)
          if (redirects.has(reply.status)) return { redirect: await redirectOf(reply, path) }
          if (reply.status !== 304 && (reply.status < 200 || reply.status > 299)) {
            await reply.body.cancel()
            const error = statusError(path, reply.status, reply.headers, clock.now())
            const { retryAfter } = error.details
            if (typeof retryAfter === 'number') gate.pause(at.host, retryAfter)
            throw error
          }
          return { value: await use(reply) }
        },
        { delay, signal },
      )
      if ('value' in step) return step.value
      at = step.redirect
    }
    throw new IngestError('too_many_redirects', path, `redirected more than ${maxRedirects} times.`)
  }

  function expectPatience(url: URL, path: string): void {
    const pause = gate.pauseOf(url.host)
    if (pause <= longestPause) return
    const reason = `the server asked to be left alone for another ${Math.ceil(pause / 1000)} s.`
    throw new IngestError('too_many_requests', path, reason, { retryable: true, retryAfter: pause })
  }

  async function ownHeaders(url: URL, signal: AbortSignal | undefined): Promise<Readonly<Record<string, string>>> {
    const { headers } = settings
    return typeof headers === 'function' ? headers(url, { signal }) : headers
  }

  async function send(url: URL, path: string, headers: Headers, signal: AbortSignal | undefined): Promise<HttpReply> {
    const linked = linkSignal(signal)
    try {
      const response = await withTimeout(
        () => fetch(url, { headers, redirect: 'manual', signal: linked.signal }),
        timeout,
        { signal, clock },
      )
      const { status, headers: received } = response
      return { status, headers: received, url, body: bodyOf(response, path, linked.unlink, signal) }
    } catch (error) {
      linked.abort(error)
      linked.unlink()
      signal?.throwIfAborted()
      throw networkError(path, error)
    }
  }

  function bodyOf(response: Response, path: string, close: () => void, signal: AbortSignal | undefined): HttpBody {
    async function cancel(): Promise<void> {
      close()
      await response.body?.cancel().catch(() => {
        // It broke before it was left: nobody hears of that any more.
      })
    }
    async function* iterate(): AsyncGenerator<Uint8Array, void, undefined> {
      if (response.body === null) return close()
      const reader = response.body.getReader()
      let ended = false
      try {
        for (;;) {
          const { done, value } = await withTimeout(() => reader.read(), timeout, { signal, clock })
          ended = done
          if (done) return
          yield value
        }
      } catch (error) {
        signal?.throwIfAborted()
        throw networkError(path, error)
      } finally {
        close()
        if (!ended) {
          await reader.cancel().catch(() => {
            // As above.
          })
        }
      }
    }
    return { [Symbol.asyncIterator]: iterate, cancel }
  }

  return Object.freeze({
    settings,
    request: (url, options, use) => request(url, options, use, robots),
  } satisfies HttpClient)
}

async function redirectOf({ headers, url, status, body }: HttpReply, path: string): Promise<URL> {
  await body.cancel()
  const location = headers.get('location')
  const target = location === null ? null : URL.parse(location, url.href)
  if (target === null || !['http:', 'https:'].includes(target.protocol)) {
    throw new IngestError('unreadable', path, `redirected (status ${status}) to no URL of HTTP.`)
  }
  if (target.username !== '' || target.password !== '') {
    throw new IngestError('unreadable', path, `redirected (status ${status}) to a URL with a password. Use "headers".`)
  }
  target.hash = ''
  return target
}

function allHeaders(
  needed: Readonly<Record<string, string>>,
  own: Readonly<Record<string, string>>,
  userAgent: string,
): Headers {
  const headers = readHeaders(own)
  for (const [name, value] of Object.entries(needed)) headers.set(name, value)
  headers.set('user-agent', userAgent)
  return headers
}

function isRobots(url: URL): boolean {
  return url.pathname === '/robots.txt'
}
