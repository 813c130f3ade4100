import { type CodeToken, codeTokens } from './code-tokens.ts'

/** What a piece of a template takes from outside, as far as reading can tell. */
export type CodeName = { readonly type: 'path'; readonly path: readonly (string | number)[] } | IncludedName

/** A template that is included, and the names of what it is given. */
export interface IncludedName {
  readonly type: 'include'
  readonly template: string
  readonly given: readonly string[]
}

/**
 * The paths that begin with `it`, up to a call, an index that is computed, or `length`; the names in
 * `const { a, b: c } = it`; the templates that are included, or laid around, by a fixed name.
 */
export function codeNames(code: string): CodeName[] {
  const tokens = codeTokens(code)
  const names: CodeName[] = []
  for (const [index, { kind, text }] of tokens.entries()) {
    if (kind !== 'name' || isSign(tokens[index - 1], '.', '?.')) continue
    if (text === 'it') {
      const path = pathAt(tokens, index + 1)
      if (path.length > 0) names.push({ type: 'path', path })
      else for (const key of keysBefore(tokens, index)) names.push({ type: 'path', path: [key] })
    }
    if (text === 'include' || text === 'layout') {
      const template = isSign(tokens[index + 1], '(') ? tokens[index + 2] : undefined
      if (template?.kind !== 'string' || template.text === '') continue
      const given = isSign(tokens[index + 3], ',') && isSign(tokens[index + 4], '{') ? keysAt(tokens, index + 5) : []
      names.push({ type: 'include', template: template.text, given: text === 'layout' ? [...given, 'body'] : given })
    }
  }
  return names
}

function pathAt(tokens: readonly CodeToken[], start: number): (string | number)[] {
  const path: (string | number)[] = []
  for (let index = start; ;) {
    if (isSign(tokens[index], '?.') && isSign(tokens[index + 1], '[')) index++
    const [first, second, third] = tokens.slice(index, index + 3)
    if (isSign(first, '[') && isSign(third, ']') && second?.kind === 'string') path.push(second.text)
    else if (isSign(first, '[') && isSign(third, ']') && second?.kind === 'number') path.push(Number(second.text))
    else if (isSign(first, '.', '?.') && second?.kind === 'name') {
      if (second.text === 'length' || isSign(third, '(')) return path
      path.push(second.text)
      index += 2
      continue
    } else return path
    index += 3
  }
}

/** The keys of a pattern that takes `it` apart, which stands before it. */
function keysBefore(tokens: readonly CodeToken[], end: number): string[] {
  if (!isSign(tokens[end - 1], '=') || !isSign(tokens[end - 2], '}')) return []
  let depth = 0
  for (let index = end - 2; index >= 0; index--) {
    if (isSign(tokens[index], '}')) depth++
    if (isSign(tokens[index], '{') && --depth === 0) return keysAt(tokens, index + 1)
  }
  return []
}

/** The keys of an object or a pattern, from behind its brace on. */
function keysAt(tokens: readonly CodeToken[], start: number): string[] {
  const keys: string[] = []
  let depth = 0
  for (let index = start; index < tokens.length; index++) {
    const token = tokens[index]
    if (isSign(token, '{', '(', '[')) depth++
    if (isSign(token, '}', ')', ']') && depth-- === 0) break
    const isKey = depth === 0 && (token?.kind === 'name' || token?.kind === 'string')
    if (isKey && isSign(tokens[index - 1], '{', ',') && isSign(tokens[index + 1], ':', ',', '}', '='))
      keys.push(token.text)
  }
  return keys
}

function isSign(token: CodeToken | undefined, ...signs: readonly string[]): boolean {
  return token?.kind === 'sign' && signs.includes(token.text)
}
