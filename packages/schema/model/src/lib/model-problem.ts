/** One thing that is wrong with data, in words for people. */
export interface ModelProblem {
  /** Where: `address.lines[0]`; `''` is the whole. */
  readonly path: string
  /** The same as keys. */
  readonly keys: readonly (string | number)[]
  /** What was expected: `an email address`, `at least 3 characters`. */
  readonly expected: string
  /** What came, shortened, secrets hidden: `a string ("anna")`, `nothing`. */
  readonly received: string
  /** What was probably meant: `email`. */
  readonly suggestion?: string | undefined
}

/** `address.zip: expected a string, received nothing. Did you mean "zip_code"?` */
export function renderProblem({ path, expected, received, suggestion }: ModelProblem): string {
  const meant = suggestion === undefined ? '' : ` Did you mean ${JSON.stringify(suggestion)}?`
  return `${path === '' ? 'the whole' : path}: ${sentence(expected, received)}${meant}`
}

/** The same without its place. */
export function sentence(expected: string, received: string): string {
  return `expected ${expected}, received ${received}.`
}

const identifier = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u

/** `address.lines[0]["first line"]` */
export function formatKeys(keys: readonly (string | number)[]): string {
  return keys.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`
    if (!identifier.test(key)) return `${text}[${JSON.stringify(key)}]`
    return text === '' ? key : `${text}.${key}`
  }, '')
}
