import type { RepairEdit } from './repair-edit.ts'

const plain: Readonly<Record<string, string>> = {
  '\uFF1A': ':',
  '\uFF0C': ',',
  '\uFF1B': ';',
  '\u3001': ',',
  '\uFF3B': '[',
  '\uFF3D': ']',
  '\uFF5B': '{',
  '\uFF5D': '}',
  '\uFF08': '(',
  '\uFF09': ')',
  '\uFF02': '"',
}
const mapped = new RegExp(`[${Object.keys(plain).join('')}]`, 'g')

/** The text with full-width punctuation written plainly, at the same offsets. */
export function plainPunctuation(text: string): string {
  return text.replace(mapped, (character) => plain[character] ?? character)
}

/**
 * The edits of a plain text as edits of the original one: full-width punctuation outside of strings is replaced too.
 */
export function widen(original: string, text: string, edits: readonly RepairEdit[]): RepairEdit[] {
  if (original === text) return edits as RepairEdit[]
  const all: RepairEdit[] = []
  let position = 0
  let inString = false
  /** An escape may reach from one part into the next. */
  let isEscaped = false
  const follow = (part: string, offset: number): void => {
    for (let index = 0; index < part.length; index++) {
      const code = part.charCodeAt(index)
      if (isEscaped) isEscaped = false
      else if (inString && code === 0x5c) isEscaped = true
      else if (code === 0x22) {
        inString = !inString
        if (offset >= 0 && original.charCodeAt(offset + index) !== code)
          all.push({ kind: 'replace_quote', offset: offset + index, length: 1, replacement: '"' })
      } else if (!inString && offset >= 0 && original.charCodeAt(offset + index) !== code) {
        const isBracket = '[]{}()'.includes(part.charAt(index))
        all.push({
          kind: isBracket ? 'replace_bracket' : 'replace_separator',
          offset: offset + index,
          length: 1,
          replacement: part.charAt(index),
        })
      }
    }
  }
  for (const edit of edits) {
    follow(text.slice(position, edit.offset), position)
    follow(edit.replacement, -1)
    all.push(edit)
    position = edit.offset + edit.length
  }
  follow(text.slice(position), position)
  return all
}
