/** True for a regular expression without look-around, back-references and word boundaries: those need more than an automaton. */
export function isSimplePattern(pattern: string): boolean {
  for (let index = 0; index < pattern.length; index += 1) {
    const character = pattern[index]
    if (character === '\\') {
      const escaped = pattern[index + 1] ?? ''
      if (/[1-9bBk]/.test(escaped)) return false
      index += 1
    } else if (character === '[') {
      index = classEnd(pattern, index)
    } else if (character === '(' && /^\(\?<?[=!]/.test(pattern.slice(index, index + 4))) {
      return false
    }
  }
  return true
}

function classEnd(pattern: string, start: number): number {
  let index = start + 1
  while (index < pattern.length && pattern[index] !== ']') index += pattern[index] === '\\' ? 2 : 1
  return index
}
