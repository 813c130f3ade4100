import * as char from './char.ts'
import { type Scan, pushFrame } from './scan.ts'
import { at } from './source.ts'

/** So many braces in a row are read one by one; more go at once, with their closers. */
const mostBraces = 64

function braceRun(text: string, from: number): number {
  let end = from
  while (at(text, end) === char.openBrace) end++
  return end - from
}

/** Opens the bracket at the position. */
export function openBracket(scan: Scan): void {
  const { source } = scan
  let { position } = scan
  const code = at(source.text, position)
  let ghosts = 0
  if (code === char.openBrace && at(source.text, position + mostBraces) === char.openBrace) {
    ghosts = braceRun(source.text, position) - mostBraces
    if (ghosts > 0) {
      source.edits.add('remove_opener', position, ghosts, '')
      position += ghosts
    }
  }
  scan.position = position + 1
  if (code === char.openBrace) {
    pushFrame(scan, 'object', position, char.closeBrace)
    const opened = scan.frames[scan.frames.length - 1]
    if (opened !== undefined && ghosts > 0) opened.ghosts = ghosts
  } else if (code === char.openBracket) pushFrame(scan, 'array', position, char.closeBracket)
  else pushFrame(scan, 'tuple', position, char.closeParenthesis)
}
