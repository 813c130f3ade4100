/** A text without its escapes, and where each of its characters stood. */
export interface DecodedText {
  readonly text: string
  /** The index in the original of what begins at this index of the decoded text. */
  readonly originOf: (index: number) => number
}

/** Ends of lines, and printable ASCII, as they are escaped in JSON and code (`\n`, `\u002d`, `\/`), in URLs (`%3D`, `%253D`) and in HTML (`&quot;`). */
const escape =
  /(?<!\\)\\{1,31}(?:u00[2-7][0-9a-f]|x[2-7][0-9a-f]|[/nrt])|%(?:25){0,8}[2-7][0-9a-f]|&(?:quot|apos|amp|lt|gt|#[0-9]{2,3}|#x[2-7][0-9a-f]);/gi

const entities: Readonly<Record<string, string>> = { quot: '"', apos: "'", amp: '&', lt: '<', gt: '>' }

/** The text with its escapes resolved, one level at a time; `undefined` when it has none. */
export function decodeText(text: string): DecodedText | undefined {
  let decoded = ''
  let end = 0
  const begins: number[] = []
  const shifts: number[] = []
  escape.lastIndex = 0
  for (let match = escape.exec(text); match !== null; match = escape.exec(text)) {
    const [whole] = match
    decoded += text.slice(end, match.index)
    end = match.index + whole.length
    begins.push(decoded.length)
    decoded += characterOf(whole)
    shifts.push(end - decoded.length)
  }
  if (begins.length === 0) return undefined
  return { text: decoded + text.slice(end), originOf: (index) => index + shiftAt(index, begins, shifts) }
}

function characterOf(escaped: string): string {
  const last = escaped.slice(-1)
  if (last === '/') return last
  if (escaped.startsWith('\\') && /[nrt]$/.test(escaped)) return last === 't' ? '\t' : '\n'
  if (!escaped.startsWith('&')) return String.fromCharCode(Number.parseInt(escaped.slice(-2), 16))
  const name = escaped.slice(1, -1).toLowerCase()
  if (!name.startsWith('#')) return entities[name] ?? escaped
  const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
  return code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : escaped
}

/** By how much the text before this index was longer: the shift behind the last escape that begins before it. */
function shiftAt(index: number, begins: readonly number[], shifts: readonly number[]): number {
  let low = 0
  let high = begins.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((begins[middle] ?? 0) < index) low = middle + 1
    else high = middle
  }
  return low === 0 ? 0 : (shifts[low - 1] ?? 0)
}
