import * as char from './char.ts'
import { scanCloser } from './close-frame.ts'
import { closingQuote, plainStringEnd } from './plain-string-end.ts'
import { plainScalarEnd } from './scan-bare.ts'
import { beginMember, pushFrame, type Scan } from './scan.ts'

/**
 * Passes strict JSON from the position on, as far as it goes, and stops before what needs a closer look. It decides as
 * the slow way does: it is only faster.
 */
export function scanPlain(scan: Scan): void {
  const { source, frames } = scan
  const { text } = source
  let { position } = scan
  for (;;) {
    let code = text.charCodeAt(position)
    while (char.isJsonSpace(code)) code = text.charCodeAt(++position)
    scan.position = position
    const frame = frames[frames.length - 1]
    if (frame === undefined) return
    const isObject = frame.type === 'object'
    if (scan.expecting === 'separator') {
      if (code === char.comma) {
        scan.comma = position++
        frame.hasComma = true
        scan.expecting = isObject ? 'key' : 'value'
      } else {
        if (code !== frame.closer || frames.length === 1) return
        scanCloser(scan)
        position = scan.position
      }
    } else if (scan.expecting === 'key') {
      // A brace too many may stand before the first member.
      if (code !== char.doubleQuote || frame.wrapsObject) return
      const mark = closingQuote(text, position + 1, text.length)
      if (mark < 0 || text.charCodeAt(mark + 1) !== char.colon || mark === position + 1) return
      beginMember(scan, position)
      if (frame.firstKey < 0) {
        frame.firstKey = position
        frame.firstKeyEnd = mark + 1
      }
      frame.colons++
      scan.memberHasColon = true
      scan.expecting = 'value'
      position = mark + 2
    } else {
      const isContainer = code === char.openBrace || code === char.openBracket
      let end = position + 1
      if (code === char.doubleQuote) end = plainStringEnd(text, position, isObject ? 'member' : 'item')
      else if (!isContainer) end = plainScalarEnd(text, position, isObject)
      if (end <= 0) return
      if (isObject) frame.lastValue = position
      else beginMember(scan, position)
      if (isContainer) pushFrame(scan, code === char.openBrace ? 'object' : 'array', position, code + 2)
      else scan.expecting = 'separator'
      position = end
    }
  }
}
