import { decodeText } from './decode-text.ts'
import { escapesBefore } from './end-of-quoted.ts'
import { findEnclosedSecrets } from './find-enclosed-secrets.ts'
import { findNamedSecrets } from './find-named-secrets.ts'
import { redactionMark, type SecretInText } from './secret-in-text.ts'
import { type SecretShape, secretShapes } from './secret-shapes.ts'
import { trait, traitsOf } from './traits-of.ts'

const shortest = 'pwd=1'.length
const none: readonly SecretInText[] = Object.freeze([])

/** Secrets of the common list, of these shapes, and these very secrets: in order, none within another. */
export function findSecrets(
  text: string,
  shapes: readonly SecretShape[],
  known: readonly string[],
): readonly SecretInText[] {
  const traits = text.length < shortest ? 0 : traitsOf(text)
  if (traits === 0 && shapes.length === 0 && known.length === 0) return none
  const found = traits === 0 ? [] : findListed(text, traits)
  const decoded = traits === 0 ? undefined : decodeText(text)
  if (decoded !== undefined) {
    const { originOf } = decoded
    for (const { start, end, ...rest } of findListed(decoded.text, traitsOf(decoded.text))) {
      found.push({ start: originOf(start), end: originOf(end), ...rest })
    }
  }
  for (const shape of shapes) addMatches(found, text, shape)
  for (const secret of known) addOccurrences(found, text, secret)
  return found.length < 2 ? found : merge(found)
}

function findListed(text: string, traits: number): SecretInText[] {
  const found = [...((traits & trait.separator) === 0 ? [] : findNamedSecrets(text)), ...findEnclosedSecrets(text)]
  for (const shape of secretShapes) if ((traits & shape.trait) !== 0) addMatches(found, text, shape)
  return found
}

function addOccurrences(found: SecretInText[], text: string, secret: string): void {
  for (let at = text.indexOf(secret); at !== -1; at = text.indexOf(secret, at + secret.length)) {
    found.push({ start: at, end: at + secret.length, shape: 'known', replacement: redactionMark })
  }
}

function addMatches(found: SecretInText[], text: string, { name, pattern }: SecretShape): void {
  pattern.lastIndex = 0
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const [whole, secret = whole] = match
    const end = match.index + whole.length
    const start = end - secret.length
    // What escapes a quote belongs to it.
    const last = Math.max(start, end - escapesBefore(text, start, end))
    if (last > start) found.push({ start, end: last, shape: name, replacement: redactionMark })
    else if (whole === '') pattern.lastIndex = end + ((text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1)
  }
}

function merge(found: SecretInText[]): SecretInText[] {
  const merged: SecretInText[] = []
  for (const secret of found.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = merged.at(-1)
    if (last === undefined || secret.start >= last.end) merged.push(secret)
    else if (secret.end > last.end) merged[merged.length - 1] = { ...last, end: secret.end, replacement: redactionMark }
  }
  return merged
}
