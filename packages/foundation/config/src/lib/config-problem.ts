/** One thing that is wrong with the settings. It never holds the value of a secret. */
export interface ConfigProblem {
  /** Where it was set: `shop.yaml:3:9`, `SHOP_DATABASE__PORT`; `no source` for what is missing. */
  readonly source: string
  /** `database.port`; `''` for a source that cannot be read. */
  readonly path: string
  /** What should be there, such as `number`. */
  readonly expected: string
  /** What was there, such as `a string ("abc")`. */
  readonly received: string
  /** The key that was most likely meant. */
  readonly suggestion?: string | undefined
}

/** `database.port (shop.yaml:3:9): expected number, received a string ("abc").` */
export function renderProblem({ source, path, expected, received, suggestion }: ConfigProblem): string {
  const place = path === '' ? source : `${shorten(path)} (${source})`
  const hint = suggestion === undefined ? '' : ` Did you mean ${JSON.stringify(suggestion)}?`
  return `${place}: expected ${expected}, received ${received}.${hint}`
}

const longestPath = 200

/** Keys are what somebody wrote, and may be of any length. */
function shorten(path: string): string {
  return path.length <= longestPath ? path : `${path.slice(0, longestPath)}…`
}
