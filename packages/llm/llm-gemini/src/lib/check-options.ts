import { describeValue, expectKnownKeys } from '@empire/errors'
import { connectionOptions, type GeminiConnection } from './gemini-connection.ts'

/** Throws a `TypeError` for options that are wrong. Keys are not shown. */
export function checkOptions(options: GeminiConnection, more: readonly string[]): void {
  expectKnownKeys('"options"', options, [...connectionOptions, ...more])
  const { apiKey, vertex, baseUrl, apiVersion, headers, fetch } = options
  if (apiKey === undefined && vertex === undefined) {
    throw new TypeError(
      'Expected "apiKey" or "vertex". Get a key at https://aistudio.google.com/apikey and pass it, for example from process.env.GEMINI_API_KEY.',
    )
  }
  const isKey = typeof apiKey === 'function' || (typeof apiKey === 'string' && isApiKey(apiKey.trim()))
  if (apiKey !== undefined && !isKey) {
    throw new TypeError('Expected "apiKey" to be a text of letters, digits and signs, or a function that gives one.')
  }
  if (vertex !== undefined) checkVertex(vertex, apiKey !== undefined)
  if (baseUrl !== undefined && !isWebAddress(baseUrl)) {
    throw new TypeError(`Expected "baseUrl" to be an http or https address, got ${describeValue(baseUrl)}.`)
  }
  if (apiVersion !== undefined && (typeof apiVersion !== 'string' || !/^[\w.]+$/.test(apiVersion))) {
    throw new TypeError(`Expected "apiVersion" to be a version such as "v1beta", got ${describeValue(apiVersion)}.`)
  }
  if (headers !== undefined && !isHeaders(headers)) {
    throw new TypeError(`Expected "headers" to be an object of strings, got ${describeValue(headers)}.`)
  }
  if (fetch !== undefined && typeof fetch !== 'function') {
    throw new TypeError(`Expected "fetch" to be a function, got ${describeValue(fetch)}.`)
  }
}

/** Throws a `TypeError` unless it is the name of a model, with or without the folders before it. */
export function checkModelName(model: unknown): asserts model is string {
  if (typeof model === 'string' && /^[\w@-][\w.@:-]*(?:\/[\w@-][\w.@:-]*)*$/.test(model)) return
  throw new TypeError(`Expected "model" to be a name such as "gemini-2.5-flash", got ${describeValue(model)}.`)
}

function checkVertex(vertex: unknown, hasKey: boolean): void {
  if (typeof vertex !== 'object' || vertex === null) {
    throw new TypeError(`Expected "vertex" to be { project, location }, got ${describeValue(vertex)}.`)
  }
  expectKnownKeys('"vertex"', vertex, ['project', 'location', 'authOptions'])
  const { project, location } = vertex as Readonly<Record<string, unknown>>
  if (project === undefined && !hasKey) {
    throw new TypeError('Expected "vertex.project": without an "apiKey", Vertex AI wants to know the project.')
  }
  for (const [name, value] of Object.entries({ project, location })) {
    if (value === undefined || (typeof value === 'string' && /^[\w.:-]+$/.test(value))) continue
    throw new TypeError(`Expected "vertex.${name}" to be a name, got ${describeValue(value)}.`)
  }
}

/** Whether it can stand in a header; fetch would repeat a wrong one in its error. */
export function isApiKey(key: unknown): key is string {
  return typeof key === 'string' && /^[\x21-\x7e]+$/.test(key)
}

function isHeaders(headers: unknown): boolean {
  if (typeof headers !== 'object' || headers === null || Array.isArray(headers)) return false
  const entries = Object.entries(headers)
  return entries.every(([name, value]) => /^[\w!#$%&'*+.^`|~-]+$/.test(name) && isHeaderValue(value))
}

function isHeaderValue(value: unknown): boolean {
  return typeof value === 'string' && /^[\t\x20-\x7e\x80-\xff]*$/.test(value)
}

function isWebAddress(text: unknown): boolean {
  return typeof text === 'string' && /^https?:$/.test(URL.parse(text)?.protocol ?? '')
}
