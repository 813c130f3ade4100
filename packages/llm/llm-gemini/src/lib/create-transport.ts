import { abortable, linkSignal } from '@empire/clock'
import { type FrameReader, patientFetch, toNetworkError } from '@empire/llm/client'
import { createAuthorizer } from './create-authorizer.ts'
import type { GeminiConnection } from './gemini-connection.ts'
import { toGeminiError } from './to-gemini-error.ts'
import { toJson } from './to-json.ts'

/** One call of the API. */
export interface GeminiCall {
  /** Behind the version, and on Vertex AI behind the location: `models/gemini-2.5-flash:generateContent`. */
  readonly path: string
  /** Default: `POST` with a body, `GET` without. */
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE' | undefined
  readonly query?: Readonly<Record<string, string | undefined>> | undefined
  /** Sent as JSON. */
  readonly body?: unknown
  readonly signal?: AbortSignal | undefined
}

/** The way to Gemini. All methods reject with a `ModelError`, or `signal.reason`. */
export interface GeminiTransport {
  /** Whether it leads to Vertex AI. */
  readonly isVertex: boolean
  /** The address without version and path, and the version. */
  readonly baseUrl: string
  readonly apiVersion: string
  /** The path of a model, as it stands before `:method`. */
  modelPath(model: string): string
  /** The whole name of a model, as it stands within a body. */
  modelName(model: string): string
  /** A text without the key, and other secrets of headers. */
  hide(text: string): string
  /** The headers that every call has. */
  headers(): Record<string, string> | Promise<Record<string, string>>
  /** The response of a call that was not refused. The signal gets listeners that stay. */
  send(call: GeminiCall): Promise<Response>
  /** Its body, checked. */
  ask<Frame>(call: GeminiCall, reader: FrameReader<Frame>): Promise<Frame>
  /** Waits for its end. */
  run(call: GeminiCall): Promise<void>
  /** `fetch` with the failures of Gemini: for what is sent by Google's SDK. */
  fetch(url: string | URL | Request, init: RequestInit | undefined, signal: AbortSignal | undefined): Promise<Response>
}

const vertexHosts = new Map([
  ['global', 'https://aiplatform.googleapis.com'],
  ['us', 'https://aiplatform.us.rep.googleapis.com'],
  ['eu', 'https://aiplatform.eu.rep.googleapis.com'],
])

/** A way to Gemini over `fetch`, without retries and timeouts of its own. The options are checked already. */
export function createTransport(connection: GeminiConnection): GeminiTransport {
  const { vertex } = connection
  const { project, location = 'global' } = vertex ?? {}
  const isVertex = vertex !== undefined
  const host = isVertex
    ? (vertexHosts.get(location) ?? `https://${location}-aiplatform.googleapis.com`)
    : 'https://generativelanguage.googleapis.com'
  const baseUrl = (connection.baseUrl ?? host).replace(/\/+$/, '')
  const apiVersion = connection.apiVersion ?? (isVertex ? 'v1beta1' : 'v1beta')
  const parent = project === undefined ? '' : `projects/${project}/locations/${location}/`
  const folder = isVertex ? 'publishers/google/models/' : 'models/'
  const authorizer = createAuthorizer(connection)

  function modelPath(model: string): string {
    return model.includes('/') ? model : `${folder}${model}`
  }

  function urlOf(path: string, method: string, query: GeminiCall['query'] = {}): string {
    // Google's models are those of no project.
    const isWhole = path.startsWith('projects/') || (method === 'GET' && path.startsWith('publishers/'))
    const parts = Object.entries(query).flatMap(([name, value]) =>
      value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
    )
    const search = parts.length === 0 ? '' : `?${parts.join('&')}`
    return `${baseUrl}/${apiVersion}/${isWhole ? '' : parent}${path}${search}`
  }

  async function send(call: GeminiCall): Promise<Response> {
    const { path, query, body, method = body === undefined ? 'GET' : 'POST', signal } = call
    signal?.throwIfAborted()
    const text = body === undefined ? undefined : toJson(body)
    const given = authorizer.headers()
    const common = given instanceof Promise ? await abortable(given, signal) : given
    const init: RequestInit =
      text === undefined
        ? { method, headers: common }
        : { method, headers: { 'content-type': 'application/json', ...common }, body: text }
    return request(urlOf(path, method, query), init, signal)
  }

  async function receive(call: GeminiCall): Promise<string> {
    // Without a signal there is nothing to link, which costs as much as all else that is done here.
    if (call.signal === undefined) return textOf(await send(call), undefined)
    call.signal.throwIfAborted()
    const { signal, unlink } = linkSignal(call.signal)
    try {
      return await textOf(await send({ ...call, signal }), signal)
    } finally {
      unlink()
    }
  }

  async function request(
    url: string | URL | Request,
    init: RequestInit | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Response> {
    signal?.throwIfAborted()
    const { fetch = patientFetch } = connection
    let response: Response
    try {
      // fetch would take the key along to wherever it is sent on to.
      response = await fetch(url, { ...init, redirect: 'manual', signal: signal ?? null })
    } catch (error) {
      throw toNetworkError('Gemini', error, signal)
    }
    if (response.ok) return response
    const { status, headers: answered } = response
    throw toGeminiError({
      status,
      headers: answered,
      body: parse(authorizer.hide(await beginningOf(response, signal))),
    })
  }

  return Object.freeze({
    isVertex,
    baseUrl,
    apiVersion,
    modelPath,
    modelName: (model: string) => `${isVertex ? parent : ''}${modelPath(model)}`,
    hide: authorizer.hide,
    headers: authorizer.headers,
    send,
    async ask<Frame>(call: GeminiCall, reader: FrameReader<Frame>) {
      const text = await receive(call)
      try {
        return reader.parse(text)
      } catch (failure) {
        // Errors hold what came, and that must not be the key.
        reader.parse(authorizer.hide(text))
        throw failure
      }
    },
    async run(call: GeminiCall) {
      await receive(call)
    },
    fetch: request,
  })
}

async function textOf(response: Response, signal: AbortSignal | undefined): Promise<string> {
  try {
    return await response.text()
  } catch (error) {
    throw toNetworkError('Gemini', error, signal)
  }
}

/** The most bytes of a refusal that are read. */
const most = 1_000_000

/** The text of a refusal, which may be a page that does not end. */
async function beginningOf({ body }: Response, signal: AbortSignal | undefined): Promise<string> {
  const decoder = new TextDecoder()
  const texts: string[] = []
  let bytes = 0
  try {
    // Leaving the loop cancels the body.
    for await (const piece of body ?? []) {
      texts.push(decoder.decode(piece, { stream: true }))
      bytes += piece.length
      if (bytes >= most) break
    }
  } catch (error) {
    throw toNetworkError('Gemini', error, signal)
  }
  return texts.join('')
}

/** The longest text of a refusal that is looked at: pages of proxies can be of any length. */
const kept = 10_000

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text.slice(0, kept)
  }
}
