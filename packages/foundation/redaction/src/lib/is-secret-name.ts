/** How the names of secrets end, without separators: `DB_PASSWORD`, `x-api-key`, `clientSecret`. */
const secretEnding = new RegExp(
  `(?:${[
    'passwords?|passwd|passphrase|pwd|secrets?|credentials?|authorization|cookies?|token|apitokens|sessionid',
    '(?:api|access|secret|private|signing|encryption|master|account)keys?|accesskeyid|connectionstring',
  ].join('|')})$`,
)

/** What a token is called where it is a mark, a cursor or a piece of text. */
const harmlessEnding =
  /(?:page|next|continuation|sync|cursor|skip|eos|bos|pad|unk|mask|sep|cls|stop|special|start|end|first|last|max|min|per|image|audio|prefix|suffix)token$/

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
  return secretEnding.test(words) && !harmlessEnding.test(words)
}
