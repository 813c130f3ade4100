/** How the names of secrets end, without separators: `DB_PASSWORD`, `x-api-key`, `clientSecret`. */
const secretEnding = new RegExp(
  `(?:${[
    'passwords?|passwd|passphrase|passcode|pwd|secrets?|credentials?|authorization|cookies?|token|apitokens|sessionid',
    '(?:api|access|secret|private|signing|encryption|master|account)keys?|accesskeyid|connectionstring',
  ].join('|')})$`,
)

/** What a token is called where it is a mark, a cursor or a piece of text. */
const harmlessEnding =
  /(?:page|next|continuation|sync|cursor|skip|eos|bos|pad|unk|mask|sep|cls|stop|special|start|end|first|last|max|min|per|image|audio|prefix|suffix)token$/

/** `pass` is also what a test does, and how `bypass` ends: a secret is what is called so alone, or behind a word. */
const passEnding = /(?:^|[^A-Za-z])pass$|[a-z0-9]Pass$|(?:^|[^A-Z])PASS$/

/** A part of every name of a secret: most names have none, and are done. */
const trait = /pass|pwd|secret|credential|auth|cookie|token|key|connection|session/i
const longest = 256

/**
 * Whether the value under this name is a secret: `password`, `OPENAI_API_KEY`, `Set-Cookie`, `clientSecret`.
 *
 * `nextPageToken`, `maxTokens` and the like are not.
 */
export function isSecretName(name: string): boolean {
  if (!trait.test(name)) return false
  const words = name
    .slice(-longest)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
  return (secretEnding.test(words) && !harmlessEnding.test(words)) || passEnding.test(name.slice(-longest))
}

/** A folder (`PWD`), a place where the secret is kept (`$TOKEN`, `process.env.KEY`), or one to put it (`YOUR_API_KEY`). */
const path = /^(?:[/~]|[A-Za-z]:[\\/]|\.\.?(?:\/|$))/
const reference =
  /^(?:(?:basic|bearer|token)[ \t]+)?(?:\$(?:$|[{(]|[A-Z_][A-Z0-9_]*$)|process\.env\b|import\.meta\b|os\.(?:getenv|environ)\b|(?:your|my)[-_ ][a-z-_ ]*$|<[a-z-_ ]*>?$)/i
const word =
  /^(?:string|number|boolean|str|any|unknown|object|required|optional|true|false|null|none|undefined|text|secret|password|token)$/i
const count = /^\d{1,9}(?:\.\d*)?$/

/** Whether what stands under the name of a secret is none. */
export function isHarmlessValue(name: string, value: string): boolean {
  if (/^(?:old)?pwd$/i.test(name) && path.test(value)) return true
  return reference.test(value) || word.test(value) || (/(?:token|[a-z]s)$/i.test(name) && count.test(value))
}
