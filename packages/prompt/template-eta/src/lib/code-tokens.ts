/** A part of JavaScript: a name, a number, a string by its text, or a sign. */
export interface CodeToken {
  readonly kind: 'name' | 'number' | 'string' | 'sign'
  readonly text: string
}

const blank = /(?:\s+|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$))+/y
const name = /[\p{L}_$][\p{L}\p{N}_$]*/uy
const number = /\d[\w.]*/y
const quoted = /"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'/y
const regExp = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y
const sign = /\?\.(?!\d)|\.\.\.|=>|[\s\S]/uy

/** Splits JavaScript into its parts, without white space and comments: far enough to find names in it. */
export function codeTokens(code: string): CodeToken[] {
  const tokens: CodeToken[] = []
  /** Of each template literal that the code is in: how many braces are open in its `${`. */
  const literals: number[] = []
  let position = 0

  function take(pattern: RegExp): string | undefined {
    pattern.lastIndex = position
    const match = pattern.exec(code)
    if (match === null) return undefined
    position = pattern.lastIndex
    return match[0]
  }

  /** Goes on to the end of a template literal, or to the code in it. */
  function skipLiteral(): void {
    for (; position < code.length; position++) {
      if (code[position] === '\\') position++
      else if (code[position] === '`') {
        position++
        return
      } else if (code.startsWith('${', position)) {
        position += 2
        literals.push(0)
        return
      }
    }
  }

  while (position < code.length) {
    if (take(blank) !== undefined) continue
    if (code[position] === '`') {
      position++
      tokens.push({ kind: 'string', text: '' })
      skipLiteral()
      continue
    }
    if (code[position] === '/' && beginsValue(tokens.at(-1)) && take(regExp) !== undefined) {
      tokens.push({ kind: 'string', text: '' })
      continue
    }
    const text = take(name)
    if (text !== undefined) {
      tokens.push({ kind: 'name', text })
      continue
    }
    const digits = take(number)
    if (digits !== undefined) {
      tokens.push({ kind: 'number', text: digits })
      continue
    }
    const string = take(quoted)
    if (string !== undefined) {
      tokens.push({ kind: 'string', text: string.slice(1, -1) })
      continue
    }
    const mark = take(sign) ?? ''
    const open = literals.at(-1)
    if (open !== undefined) {
      if (mark === '{') literals[literals.length - 1] = open + 1
      if (mark === '}' && open > 0) literals[literals.length - 1] = open - 1
      if (mark === '}' && open === 0) {
        literals.pop()
        skipLiteral()
        continue
      }
    }
    tokens.push({ kind: 'sign', text: mark })
  }
  return tokens
}

/** Whether a slash behind this begins a regular expression, not a division. */
function beginsValue(before: CodeToken | undefined): boolean {
  if (before === undefined) return true
  if (before.kind === 'name') return before.text === 'return' || before.text === 'typeof'
  return before.kind === 'sign' && ![')', ']', '}'].includes(before.text)
}
