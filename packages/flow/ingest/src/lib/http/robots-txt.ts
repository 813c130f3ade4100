/** What a robots.txt says to one crawler. */
export interface RobotsRules {
  /** Whether a URL may be fetched. */
  allows(url: URL): boolean
  /** Milliseconds to leave between the starts of two requests; no part of the RFC, but asked for by many. */
  readonly crawlDelay: number | undefined
}

interface Rule {
  readonly allow: boolean
  /** Between its stars. */
  readonly pieces: readonly string[]
  /** Whether it ends where the path ends. */
  readonly anchored: boolean
  /** In octets, of the pattern: the longest that matches counts. */
  readonly length: number
}

interface Group {
  readonly agents: Set<string>
  readonly rules: Rule[]
  /** Of the agents that were named before it: it does not end their list, which the RFC says of what it does not know. */
  readonly delays: { readonly agents: number; readonly delay: number }[]
}

/** A day: so long do rules count. */
const longestDelay = 24 * 60 * 60 * 1000

/** Everything is allowed. */
export const noRules: RobotsRules = Object.freeze({ allows: () => true, crawlDelay: undefined })

/**
 * Reads a robots.txt by RFC 9309.
 *
 * All groups that name `token`, in any case, are one; if there is none, those for `*` are. The longest rule that matches
 * path and query counts, of two equally long ones that which allows. `*` stands for any characters, `$` at the end for the end.
 *
 * @param token The product token of the crawler, such as `empire-ingest`.
 */
export function parseRobotsTxt(text: string, token: string): RobotsRules {
  const groups = readGroups(text.startsWith('\ufeff') ? text.slice(1) : text)
  const own = groups.filter(({ agents }) => agents.has(token.toLowerCase()))
  const name = own.length > 0 ? token.toLowerCase() : '*'
  const chosen = own.length > 0 ? own : groups.filter(({ agents }) => agents.has('*'))
  const rules = chosen.flatMap((group) => group.rules)
  const delays = chosen.flatMap((group) => delaysOf(group, name))
  return Object.freeze({
    allows(url) {
      if (url.pathname === '/robots.txt') return true
      const path = comparable(url.pathname + url.search)
        .replaceAll('*', '%2A')
        .replaceAll('$', '%24')
      let best: Rule | undefined
      for (const rule of rules) {
        const weaker = best !== undefined && (rule.length < best.length || (rule.length === best.length && best.allow))
        if (!weaker && matches(rule, path)) best = rule
      }
      return best?.allow ?? true
    },
    crawlDelay: delays.length === 0 ? undefined : delays.reduce((most, delay) => Math.max(most, delay)),
  } satisfies RobotsRules)
}

function readGroups(text: string): Group[] {
  const groups: Group[] = []
  let group: Group | undefined
  let hasRules = false
  for (const line of text.split(/\r\n|\r|\n/)) {
    const content = line.split('#', 1)[0]!
    const colon = content.indexOf(':')
    if (colon === -1) continue
    const key = content.slice(0, colon).trim().toLowerCase()
    const value = content.slice(colon + 1).trim()
    if (key === 'user-agent') {
      // Other records between them do not part the agents of a group.
      if (group === undefined || hasRules) groups.push((group = { agents: new Set(), rules: [], delays: [] }))
      hasRules = false
      group.agents.add(/^\*(?:\s|$)/.test(value) ? '*' : /^[a-z_-]*/i.exec(value)![0].toLowerCase())
    } else if (group !== undefined && (key === 'allow' || key === 'disallow')) {
      hasRules = true
      if (value !== '') group.rules.push(readRule(key === 'allow', value))
    } else if (group !== undefined && key === 'crawl-delay' && /^(?:\d+\.?\d*|\.\d+)$/.test(value)) {
      group.delays.push({ agents: group.agents.size, delay: Math.min(Number(value) * 1000, longestDelay) })
    }
  }
  return groups
}

function delaysOf({ agents, delays }: Group, name: string): number[] {
  const place = [...agents].indexOf(name)
  return delays.filter((said) => place < said.agents).map(({ delay }) => delay)
}

function readRule(allow: boolean, value: string): Rule {
  const anchored = value.endsWith('$')
  const pattern = comparable(anchored ? value.slice(0, -1) : value).replaceAll('$', '%24')
  return { allow, pieces: pattern.split('*'), anchored, length: pattern.length + (anchored ? 1 : 0) }
}

/** Each piece where it is found first: what comes after has the most room so. */
function matches({ pieces, anchored }: Rule, path: string): boolean {
  const [first = '', ...others] = pieces
  if (!path.startsWith(first)) return false
  let at = first.length
  const last = others.pop()
  for (const piece of others) {
    const found = path.indexOf(piece, at)
    if (found === -1) return false
    at = found + piece.length
  }
  if (last === undefined) return !anchored || at === path.length
  if (anchored) return path.length - last.length >= at && path.endsWith(last)
  return path.includes(last, at)
}

/**
 * A path as it is compared: octets that need no escape without one, all others with one in capital letters. URLs escape the quote
 * in queries, and not in paths: it is compared without.
 */
function comparable(path: string): string {
  return path.replace(/%[0-9a-f]{2}|[^\w.~:/?#[\]@!$&'()*+,;=%-]+|%/gi, (found) => {
    if (found === '%' || !found.startsWith('%')) return encodeURIComponent(found.toWellFormed())
    const character = String.fromCharCode(Number.parseInt(found.slice(1), 16))
    return /[\w.~'-]/.test(character) ? character : found.toUpperCase()
  })
}
