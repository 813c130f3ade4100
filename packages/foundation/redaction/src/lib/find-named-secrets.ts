import { endOfQuoted } from './end-of-quoted.ts'
import { isHeaderSecret } from './is-header-secret.ts'
import { isHarmlessValue, isSecretName } from './is-secret-name.ts'
import { redactionMark, type SecretInText } from './secret-in-text.ts'

const assignment =
  /(pass(?:word|wd|phrase|code)?s?|pwd|secrets?|credentials?|authorization|cookies?|token|(?:api|access|secret|private|signing|encryption|master|account)[-_ ]?keys?(?:[-_]?id)?|api[-_]?tokens|connection[-_ ]?string|session[-_]?id)(?:(\\{0,31}["'`])(\s{0,64}(?:=>|:=|[:=])\s{0,64})|([ \t]{0,8}(?:=>|:=|[:=])[ \t]{0,8}))(?:[bru]{0,2}(\\{0,31}["'`]))?/gi

const longestName = 64
const number = /-?\d[\d.eE+-]*/y
const word = /[^\s"'`,;&<>(){}[\]\\|]+/y
const line = /[^\r\n"'`\\]+/y
// A quoted part belongs to a line: but not where the quote ends a JSON string, and the next one begins another.
const quotedPart = /"(?![,}\]])[^"\r\n\\]*"(?=[;,\s]|$)/y
const header = /(?:authorization|cookie)$/i
/** A scalar of YAML in the lines below its name. */
const block = /[|>][-+\d]{0,2}[ \t]{0,8}\r?\n(?:[ \t]+[^\r\n]+(?:\r?\n|$))+/y
/** What follows a token of text in a list of probabilities. */
const probability = /["'\\]{1,64}\s{0,64},\s{0,64}[\\"']{1,64}logprob/y
/** What stands between two strings of JSON. */
const structure = /^\s*[,:}\]][\s,:{}[\]]*(?:[\d.eE+-]{1,32}|true|false|null)?[\s,:{}[\]]*\\*$/
const listOpening = /\[\s{0,64}(\\{0,31}["'])/y
const listSeparator = /\\{0,31}["']\s{0,64},\s{0,64}(\\{0,31}["'])/y

/** Values that stand behind the name of a secret: in JSON however often encoded, YAML, headers, shell, code, queries. */
export function findNamedSecrets(text: string): SecretInText[] {
  const found: SecretInText[] = []
  assignment.lastIndex = 0
  for (let match = assignment.exec(text); match !== null; match = assignment.exec(text)) {
    const [whole, keyword = '', closing, , separator = '', opening] = match
    const name = text.slice(beginOfName(text, match.index), match.index) + keyword
    if (!isSecretName(name)) continue
    const start = match.index + whole.length
    const add = (begin: number, end: number, replacement = redactionMark): unknown =>
      end > begin && found.push({ start: begin, end, shape: 'named', replacement })
    let end = start
    if (opening !== undefined) {
      end = endOfQuoted(text, start, opening)
      if (keyword === name && endOf(probability, text, end) > end) continue
      const value = text.slice(start, Math.min(end, start + 64))
      // A quote behind an equals sign may also end the JSON string that this stands in.
      if (closing === undefined && structure.test(value)) continue
      if (!isHarmlessValue(name, value)) add(start, end)
    } else if (closing === undefined) {
      end = endOfBare(text, start, name, separator)
      add(start, end)
    } else if (text.charAt(start) === '[') {
      end = addList(text, start, add)
    } else if (!/(?:token|pass)$/i.test(name)) {
      end = endOf(number, text, start)
      add(start, end, '0')
    }
    assignment.lastIndex = end
  }
  return found
}

function beginOfName(text: string, end: number): number {
  let begin = end
  while (begin > 0 && end - begin < longestName && /[\w-]/.test(text.charAt(begin - 1))) begin--
  return begin
}

/** The texts of a list, as that of `set-cookie`. */
function addList(text: string, start: number, add: (begin: number, end: number) => unknown): number {
  let end = start
  for (let pattern = listOpening; ; pattern = listSeparator) {
    pattern.lastIndex = end
    const match = pattern.exec(text)
    if (match === null) return end
    const begin = end + match[0].length
    end = endOfQuoted(text, begin, match[1] ?? '')
    add(begin, end)
  }
}

function endOfBare(text: string, start: number, name: string, separator: string): number {
  if (header.test(name) && separator.includes(':')) {
    const end = endOfLine(text, start)
    const value = text.slice(start, Math.min(end, start + 512))
    return isHeaderSecret(name, value) && !isHarmlessValue(name, value) ? end : start
  }
  if (separator.includes(':')) {
    const end = endOf(block, text, start)
    if (end > start) return text.charAt(end - 1) === '\n' ? end - (text.charAt(end - 2) === '\r' ? 2 : 1) : end
  }
  const end = endOf(word, text, start)
  const value = text.slice(start, Math.min(end, start + 256))
  // The rest of a reference, as in `${NAME}` and `getenv("NAME")`.
  const isCall = /[({[]/.test(text.charAt(end))
  if (value === '' || isHarmlessValue(name, value) || (isCall && /^(?:\$|[\w.]+$)/.test(value))) return start
  if (separator === '=') return /pass$/i.test(name) && /^[\d./%]+$/.test(value) ? start : end
  return isLikelySecret(text, end, value, name) ? end : start
}

function endOfLine(text: string, start: number): number {
  let end = endOf(line, text, start)
  while (text.charAt(end - 1) === '=') {
    const quotedEnd = endOf(quotedPart, text, end)
    if (quotedEnd === end) break
    end = endOf(line, text, quotedEnd)
  }
  return end
}

/** Prose and types have the same form as a password in YAML. What has a digit, or is alone in its line, is taken for one. */
function isLikelySecret(text: string, end: number, value: string, name: string): boolean {
  // As in "first pass: 3 of 5".
  if (/^pass$/i.test(name)) return /[a-z]/i.test(value) && /\d/.test(value) && !/^\d/.test(value)
  return /\d/.test(value) || end === text.length || text.charAt(end) === '\n' || text.charAt(end) === '\r'
}

function endOf(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start
  return pattern.test(text) ? pattern.lastIndex : start
}
