import { endOfQuoted } from './end-of-quoted.ts'
import { isHeaderSecret } from './is-header-secret.ts'
import { isSecretName } from './is-secret-name.ts'
import { redactionMark, type SecretInText } from './secret-in-text.ts'

/** `<password>x</password>` */
const element = /<((?:[\w.-]{1,32}:)?[\w.-]{1,64})(?:\s[^<>]{0,256})?>([^<]+)(?=<\/\1\s*>)/g
/** A field of a form as `multipart/form-data`. */
const formField = /\bname="([^"\r\n]{1,64})"[^\r\n]{0,128}\r?\n(?:[^\r\n]{1,256}\r?\n){0,4}\r?\n([^\r\n]+)/g
/** `{"name":"password","value":"x"}` */
const member =
  /\b(?:name|key)\\{0,31}["']\s{0,8}:\s{0,8}\\{0,31}["']([\w .-]{1,64})\\{0,31}["']\s{0,8},\s{0,64}\\{0,31}["']value\\{0,31}["']\s{0,8}:\s{0,8}(\\{0,31}["'])/gi
/** `["cookie","x"]` */
const pair =
  /\b((?:set-)?cookie|(?:proxy-)?authorization|(?:x-)?(?:goog-)?api-key)\\{0,31}["']\s{0,8},\s{0,64}(\\{0,31}["'])/gi

/** As where the tags stand in several strings of JSON. */
const stringEnd = /"\s{0,8}[,}\]:]/

const tagged: readonly (readonly [pattern: RegExp, mark: string])[] = [
  [element, '</'],
  [formField, 'name="'],
]
const quote = /["']/

/** Values that stand apart from the name of a secret: in XML, in forms, in lists of names and values. */
export function findEnclosedSecrets(text: string): SecretInText[] {
  const found: SecretInText[] = []
  const add = (start: number, end: number): void => {
    if (end > start) found.push({ start, end, shape: 'named', replacement: redactionMark })
  }
  for (const [pattern, mark] of tagged) {
    if (!text.includes(mark)) continue
    for (const { index, 0: whole, 1: name = '', 2: value = '' } of text.matchAll(pattern)) {
      const end = index + whole.length
      if (value.trim() !== '' && isSecretName(name) && !stringEnd.test(value)) add(end - value.length, end)
    }
  }
  if (!quote.test(text)) return found
  for (const { index, 0: whole, 1: name = '', 2: opening = '' } of text.matchAll(member)) {
    const start = index + whole.length
    if (isSecretName(name)) add(start, endOfQuoted(text, start, opening))
  }
  for (const { index, 0: whole, 1: name = '', 2: opening = '' } of text.matchAll(pair)) {
    const start = index + whole.length
    const end = endOfQuoted(text, start, opening)
    if (isHeaderSecret(name, text.slice(start, Math.min(end, start + 512)))) add(start, end)
  }
  return found
}
