/** Names of secrets, without their separators, as they end a longer name: `DB_PASSWORD`, `x-api-key`, `clientSecret`. */
const endings = [
  ...['password', 'passwd', 'passphrase', 'pwd', 'secret', 'credential', 'credentials', 'authorization', 'cookie'],
  ...['apikey', 'accesskey', 'secretkey', 'privatekey', 'signingkey', 'encryptionkey', 'masterkey', 'accountkey'],
  ...[
    'accesskeyid',
    'connectionstring',
    'token',
    'apitokens',
    'secrets',
    'passwords',
    'apikeys',
    'cookies',
    'sessionid',
  ],
]

/** What stands before `token` where it is a mark, a cursor or a piece of text. */
const harmlessTokens = [
  ...[
    'page',
    'next',
    'continuation',
    'sync',
    'cursor',
    'skip',
    'eos',
    'bos',
    'pad',
    'unk',
    'mask',
    'sep',
    'cls',
    'stop',
  ],
  ...['special', 'start', 'end', 'first', 'last', 'max', 'min', 'per', 'image', 'audio', 'prefix', 'suffix'],
]

const secret = new RegExp(`(?:${endings.join('|')})$`)
const harmless = new RegExp(`(?:${harmlessTokens.join('|')})token$`)
const longest = 256

/**
 * Whether the value under this name is a secret: `password`, `OPENAI_API_KEY`, `Set-Cookie`, `clientSecret`.
 *
 * `nextPageToken`, `maxTokens` and the like are not.
 */
export function isSecretName(name: string): boolean {
  const end = name
    .slice(-longest)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
  return secret.test(end) && !harmless.test(end)
}
