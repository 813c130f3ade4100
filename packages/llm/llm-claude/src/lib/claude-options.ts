import { describeValue, expectKnownKeys } from '@empire/errors'
import type { ClaudeClient } from './claude-client.ts'

/** Options of `createClaude`. */
export interface ClaudeOptions {
  /** The name of the model: `claude-opus-5-5`, or what Bedrock and Vertex call it. */
  readonly model: string
  /**
   * The key, or a function that is asked for it before each call, for keys that change. Default: `ANTHROPIC_API_KEY`, or
   * whatever else the SDK of Anthropic finds in the environment and the profile of the user.
   */
  readonly apiKey?: string | (() => string | Promise<string>) | undefined
  /** Where the API is. Default: `ANTHROPIC_BASE_URL`, else `https://api.anthropic.com`. */
  readonly baseUrl?: string | undefined
  /** The client of an SDK that sends the calls, such as that of Bedrock or Vertex, in the place of key, address and fetch. */
  readonly client?: ClaudeClient | undefined
  /** Features that are not yet for everybody, as the API names them. Sent as the header `anthropic-beta`. Default: none. */
  readonly betas?: readonly string[] | undefined
  /** Tools that Claude runs itself, as the API takes them: `{ type: 'web_search_20260318', name: 'web_search' }`. Default: none. */
  readonly serverTools?: readonly Readonly<Record<string, unknown>>[] | undefined
  /** How long the prefixes of `cacheBreakpoints` stay cached. Default: what the API does, 5 minutes. */
  readonly cacheTtl?: '5m' | '1h' | undefined
  /** The most tokens of one answer, asked for where the request has no `maxTokens`. Default: the model's own. */
  readonly maxOutputTokens?: number | undefined
  /**
   * Moves later system messages to the first ones. Default: `true` for models that take them nowhere else (before Opus
   * 4.8), else `false`.
   */
  readonly hoistSystem?: boolean | undefined
  /** What becomes of the names of messages: written before the text, or left out. Default: such messages are refused. */
  readonly names?: 'prefix' | 'omit' | undefined
  /**
   * What the user says first where a context begins with the assistant, as one may that was compacted. Not blank. Default: such
   * contexts are refused, for Claude wants the user to begin.
   */
  readonly opening?: string | undefined
  /** Default: that of the platform, without the limits of time that Node has. */
  readonly fetch?: typeof globalThis.fetch | undefined
}

const known = [
  'model',
  'apiKey',
  'baseUrl',
  'client',
  'betas',
  'serverTools',
  'cacheTtl',
  'maxOutputTokens',
  'hoistSystem',
  'names',
  'opening',
  'fetch',
]

/** Throws a `TypeError` for options that are unknown, of a wrong type, or of no use together. The key is never shown. */
export function checkClaudeOptions(options: ClaudeOptions): void {
  expectKnownKeys('createClaude: "options"', options, known)
  const {
    model,
    apiKey,
    baseUrl,
    client,
    betas,
    serverTools,
    cacheTtl,
    maxOutputTokens,
    hoistSystem,
    names,
    opening,
    fetch,
  } = options
  if (!isText(model)) fail('model', 'the name of a model', model)
  if (apiKey !== undefined && !isText(apiKey) && typeof apiKey !== 'function') {
    throw new TypeError('createClaude: "apiKey" must be a string that is not empty, or a function that gives one.')
  }
  if (baseUrl !== undefined && !(isText(baseUrl) && URL.canParse(baseUrl))) fail('baseUrl', 'a URL', baseUrl)
  if (client !== undefined) checkClient(client, { apiKey, baseUrl, fetch })
  if (betas !== undefined && !(Array.isArray(betas) && betas.every(isText))) fail('betas', 'an array of names', betas)
  if (serverTools !== undefined && !(Array.isArray(serverTools) && serverTools.every(isTool))) {
    fail('serverTools', 'an array of objects with a type', serverTools)
  }
  if (cacheTtl !== undefined && cacheTtl !== '5m' && cacheTtl !== '1h') fail('cacheTtl', '"5m" or "1h"', cacheTtl)
  if (maxOutputTokens !== undefined && !(Number.isSafeInteger(maxOutputTokens) && maxOutputTokens > 0)) {
    fail('maxOutputTokens', 'a positive integer', maxOutputTokens)
  }
  if (hoistSystem !== undefined && typeof hoistSystem !== 'boolean') fail('hoistSystem', 'a boolean', hoistSystem)
  if (names !== undefined && names !== 'prefix' && names !== 'omit') fail('names', '"prefix" or "omit"', names)
  if (opening !== undefined && !(isText(opening) && /\S/.test(opening))) {
    fail('opening', 'a text that is not blank', opening)
  }
  if (fetch !== undefined && typeof fetch !== 'function') fail('fetch', 'a function', fetch)
}

function checkClient(client: ClaudeClient, others: Readonly<Record<string, unknown>>): void {
  if (typeof client?.post !== 'function' || typeof client.get !== 'function') {
    fail('client', 'the client of an SDK, with "post" and "get"', client)
  }
  const extra = Object.keys(others).find((name) => others[name] !== undefined)
  if (extra === undefined) return
  throw new TypeError(`createClaude: "${extra}" has no effect beside "client". Give it to the client instead.`)
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

function isTool(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'type' in value && isText(value.type)
}

function fail(name: string, expected: string, came: unknown): never {
  throw new TypeError(`createClaude: "${name}" must be ${expected}, got ${describeValue(came)}.`)
}
