/** One thing that is wrong with data, in words for people. */
export interface ModelProblem {
  /** Where, with long keys shortened: `address.lines[0]`; `''` is the whole. */
  readonly path: string
  /** The same as keys. */
  readonly keys: readonly (string | number)[]
  /** What was expected: `an email address`, `at least 3 characters`. Or what the author of the schema says of it. */
  readonly expected: string
  /** What came, shortened, secrets hidden: `a string ("anna")`, `nothing`. */
  readonly received: string
  /** What was probably meant: `email`. */
  readonly suggestion?: string | undefined
  /** All but the place in a sentence: `expected a string, received nothing. Did you mean "zip_code"?` */
  readonly message: string
}

/** `address.zip: expected a string, received nothing. Did you mean "zip_code"?` */
export function renderProblem({ path, message }: ModelProblem): string {
  return `${path === '' ? 'the whole' : path}: ${message}`
}

const identifier = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u

/** Characters of a key that a text shows. */
const longest = 60

/** `address.lines[0]["first line"]` */
export function formatKeys(keys: readonly (string | number)[]): string {
  let text = ''
  for (const key of keys) {
    if (typeof key === 'number') text += `[${key}]`
    else if (key.length > longest) text += `[${JSON.stringify(key.slice(0, longest))}…]`
    else if (!identifier.test(key)) text += `[${JSON.stringify(key)}]`
    else text += text === '' ? key : `.${key}`
  }
  return text
}
