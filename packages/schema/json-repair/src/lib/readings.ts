import type { ParsedRepairOptions } from './repair-options.ts'
import { readText, type Reading, type ReadingOptions } from './read-text.ts'

type Candidate = Pick<Reading, 'value' | 'text' | 'edits' | 'truncatedAt'>

/**
 * The readings of a text, the likeliest first: as it stands; each of several values alone; a string that holds JSON
 * decoded, or not; and for each place at which another reading was possible, that one, with all others as they were.
 */
export function* readings(text: string, options: ParsedRepairOptions): Generator<Candidate> {
  const valid = parseValid(text)
  if (valid !== undefined) {
    yield* decodings(text, valid, options)
    return
  }
  const base: ReadingOptions = { nonFinite: options.nonFinite, several: options.several, choices: new Map() }
  const decodedText = withoutEntities(text)
  if (decodedText !== undefined) {
    const inner = readText(decodedText, base)
    yield { ...inner, edits: [{ kind: 'unescape_text', offset: 0, length: text.length, replacement: inner.text }] }
  }
  const first = readText(text, base)
  yield* decodings(text, first, options)
  if (first.candidates > 1) {
    for (let only = 0; only < first.candidates; only++) yield readText(text, { ...base, only })
  }
  for (const [offset, others] of first.doubts) {
    for (let other = 1; other <= others; other++) {
      yield readText(text, { ...base, choices: new Map([[offset, other]]) })
    }
  }
}

function parseValid(text: string): Candidate | undefined {
  if (!canBeValid(text)) return undefined
  try {
    return { value: JSON.parse(text) as unknown, text, edits: [], truncatedAt: undefined }
  } catch {
    // What is wrong with it is found out by reading it.
    return undefined
  }
}

/** Whether the text ends as it begins: most of what is cut is not parsed in vain. */
function canBeValid(text: string): boolean {
  const first = /^[ \t\r\n]*([\s\S])/.exec(text)?.[1]
  if (first === undefined) return false
  let end = text.length - 1
  while (end > 0 && ' \t\r\n'.includes(text.charAt(end))) end--
  if (first === '{') return text[end] === '}'
  if (first === '[') return text[end] === ']'
  return first === '"' ? text[end] === '"' : /[-\dtfn]/.test(first)
}

/** A string that holds a whole object or array is that object or array, written twice. */
function* decodings(text: string, given: Candidate, options: ParsedRepairOptions): Generator<Candidate> {
  const decoded = decode(text, given)
  const decodesFirst = options.decodeString && options.schema === undefined && options.strict === undefined
  if (decoded !== undefined && decodesFirst) yield decoded
  yield given
  if (decoded !== undefined && options.decodeString && !decodesFirst) yield decoded
}

function decode(text: string, { value, truncatedAt }: Candidate): Candidate | undefined {
  if (typeof value !== 'string' || truncatedAt !== undefined || !/^\s*[[{]/.test(value)) return undefined
  const inner = parseValid(value)
  if (inner === undefined) return undefined
  return {
    ...inner,
    edits: [{ kind: 'decode_string', offset: 0, length: text.length, replacement: value }],
  }
}

const entities: Readonly<Record<string, string>> = {
  quot: '"',
  '#34': '"',
  '#39': "'",
  apos: "'",
  lt: '<',
  gt: '>',
  amp: '&',
}

/** The text with its quotes as they are meant, if they stand as `&quot;` or `\\u0022` in it; else `undefined`. */
function withoutEntities(text: string): string | undefined {
  if (/^\s*[[{]\s*\\u0022/.test(text)) return text.replaceAll('\\u0022', '"')
  if (!/^[[{\s]*&(?:quot|#34);/.test(text)) return undefined
  return text.replaceAll(/&(quot|#34|#39|apos|lt|gt|amp);/g, (_entity, name: string) => entities[name] ?? '')
}
