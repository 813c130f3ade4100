/** What is known of a model from its name. Where nothing is, a request is sent as it was asked. */
export interface ModelTraits {
  /** The most tokens of one answer. */
  readonly maxOutputTokens: number | undefined
  /** How it is told to think: with a budget, by itself with an effort, as asked, or not at all. */
  readonly thinking: 'budget' | 'adaptive' | 'either' | 'none'
  /** Whether it can be told not to think. */
  readonly canStopThinking: boolean
  /** Whether it takes `temperature`, `top_p` and `top_k`. */
  readonly takesSampling: boolean
  /** Whether it enforces the form of an answer. */
  readonly takesOutputFormat: boolean
  /** Whether it takes system messages behind the first turn. */
  readonly takesLaterSystem: boolean
  /** The shortest prefix that is cached, in tokens. */
  readonly minCacheTokens: number
}

const unknown: ModelTraits = {
  maxOutputTokens: undefined,
  thinking: 'either',
  canStopThinking: true,
  takesSampling: true,
  takesOutputFormat: true,
  takesLaterSystem: true,
  minCacheTokens: 0,
}

/**
 * What the name of a model says, by "Models overview", "Thinking", "Prompt caching" and the migration guides of
 * platform.claude.com (November 2026). The names of Bedrock and Vertex are read too; of others nothing is known.
 */
export function modelTraits(model: string): ModelTraits {
  const found = parseName(model)
  if (found === undefined) return unknown
  const { family, version } = found
  return {
    maxOutputTokens: mostTokens(family, version),
    thinking: version >= 4.7 ? 'adaptive' : version >= 4.6 ? 'either' : version >= 3.7 ? 'budget' : 'none',
    canStopThinking: family !== 'fable' && family !== 'mythos' && !(family === 'opus' && version >= 5.5),
    takesSampling: version < 4.7,
    takesOutputFormat: version >= 4.5 || (family === 'opus' && version >= 4.1),
    takesLaterSystem: version >= 4.8,
    minCacheTokens: leastCached(family, version),
  }
}

function mostTokens(family: string, version: number): number {
  if (version >= 5 || (family === 'opus' && version >= 4.6)) return 128_000
  if (version >= 4.5) return 64_000
  if (version >= 4) return family === 'opus' ? 32_000 : 64_000
  if (version >= 3.7) return 64_000
  return version >= 3.5 ? 8192 : 4096
}

function leastCached(family: string, version: number): number {
  if (version >= 5) return family === 'sonnet' ? 1024 : 512
  if (version >= 4.7) return version >= 4.8 ? 1024 : 2048
  if (version >= 4.5 && family !== 'sonnet') return 4096
  return family === 'haiku' ? 2048 : 1024
}

/** `claude-opus-4-8`, `claude-sonnet-4-20250514`, `claude-3-7-sonnet-20250219`, with what a platform writes around it. */
function parseName(model: string): { family: string; version: number } | undefined {
  const late = /claude-(fable|mythos|opus|sonnet|haiku)-(\d{1,2})(?:-(\d))?(?!\d)/.exec(model)
  if (late !== null) return { family: late[1] as string, version: Number(`${late[2]}.${late[3] ?? 0}`) }
  const early = /claude-(\d)-(?:(\d)-)?(opus|sonnet|haiku)/.exec(model)
  if (early !== null) return { family: early[3] as string, version: Number(`${early[1]}.${early[2] ?? 0}`) }
  return undefined
}
