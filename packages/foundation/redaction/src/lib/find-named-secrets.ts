import { isSecretName } from './is-secret-name.ts'
import { redactionMark, type SecretInText } from './secret-in-text.ts'

const assignment =
  /(pass(?:word|wd|phrase)s?|pwd|secrets?|credentials?|authorization|cookies?|token|(?:api|access|secret|private|signing|encryption|master|account)[-_ ]?keys?(?:[-_]?id)?|api[-_]?tokens|connection[-_ ]?string|session[-_]?id)(\\{0,31}["'`])?([ \t]{0,8}(?:=>|:=|[:=])[ \t]{0,8})(\\{0,31}["'`])?/gi

const longestName = 64
const number = /-?\d[\d.eE+-]*/y
const word = /[^\s"'`,;&<>(){}[\]\\|]+/y
const line = /(?:="[^"\r\n\\]*"|[^\r\n"'`\\])+/y
const header = /(?:authorization|cookie)$/i
const credentials =
  /^(?:(?:basic|bearer|digest|token|api-?key|key|negotiate|ntlm|hawk|oauth|dpop|aws4-hmac-sha256|signature)[ \t]+[^\s<]|[^\s=]{1,256}=|\S+\s*$)/i
/** What follows a token of text in a list of probabilities. */
const probability = /["'\\]{1,64}\s{0,64},\s{0,64}[\\"']{1,64}logprob/y
const harmlessWord =
  /^(?:string|number|boolean|str|any|unknown|object|required|optional|true|false|null|none|undefined|text|secret|password|token)$/i

/** Values that stand behind the name of a secret: in JSON however often encoded, YAML, headers, shell, code, queries. */
export function findNamedSecrets(text: string): SecretInText[] {
  const found: SecretInText[] = []
  assignment.lastIndex = 0
  for (let match = assignment.exec(text); match !== null; match = assignment.exec(text)) {
    const [whole, keyword = '', closing, separator = '', opening] = match
    const name = text.slice(beginOfName(text, match.index), match.index) + keyword
    if (!isSecretName(name)) continue
    const start = match.index + whole.length
    let end = start
    let replacement = redactionMark
    if (opening !== undefined) end = endOfQuoted(text, start, opening)
    else if (closing === undefined) end = endOfBare(text, start, name, separator)
    else if (!/token$/i.test(name)) {
      end = endOf(number, text, start)
      replacement = '0'
    }
    if (keyword === name && endOf(probability, text, end) > end) continue
    if (end > start) found.push({ start, end, shape: 'named', replacement })
    assignment.lastIndex = end
  }
  return found
}

function beginOfName(text: string, end: number): number {
  let begin = end
  while (begin > 0 && end - begin < longestName && /[\w-]/.test(text.charAt(begin - 1))) begin--
  return begin
}

/** The next quote that is escaped no deeper than the opening one, or the end of the line. */
function endOfQuoted(text: string, start: number, opening: string): number {
  const quote = opening.slice(-1)
  const depth = opening.length - 1
  for (let at = start; at < text.length; at++) {
    const character = text.charAt(at)
    if (character === '\n' || character === '\r') return at
    if (character !== quote) continue
    let escapes = at
    while (escapes > start && text.charAt(escapes - 1) === '\\') escapes--
    if (depth === 0 ? (at - escapes) % 2 === 0 : at - escapes <= depth)
      return Math.max(start, depth === 0 ? at : escapes)
  }
  return text.length
}

function endOfBare(text: string, start: number, name: string, separator: string): number {
  if (header.test(name) && separator.includes(':')) {
    const end = endOf(line, text, start)
    return credentials.test(text.slice(start, Math.min(end, start + 512))) ? end : start
  }
  const end = endOf(word, text, start)
  return separator === '=' || isLikelySecret(text, start, end) ? end : start
}

/** Prose and types have the same form as a password in YAML. What has a digit, or is alone in its line, is taken for one. */
function isLikelySecret(text: string, start: number, end: number): boolean {
  const value = text.slice(start, Math.min(end, start + 256))
  if (value === '' || value.startsWith('$') || harmlessWord.test(value)) return false
  return /\d/.test(value) || end === text.length || text.charAt(end) === '\n' || text.charAt(end) === '\r'
}

function endOf(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start
  return pattern.test(text) ? pattern.lastIndex : start
}
