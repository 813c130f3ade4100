import { describe, expect, it } from 'vitest'
import { isSecretName } from './is-secret-name.ts'

describe('isSecretName', () => {
  it.each([
    ...[
      'password',
      'Password',
      'DB_PASSWORD',
      'userPassword',
      'pwd',
      'passphrase',
      'secret',
      'clientSecret',
      'secrets',
    ],
    ...[
      'apiKey',
      'x-api-key',
      'X-Goog-Api-Key',
      'OPENAI_API_KEY',
      'aws_secret_access_key',
      'accessKeyId',
      'privateKey',
    ],
    ...['authorization', 'Proxy-Authorization', 'cookie', 'Set-Cookie', 'token', 'accessToken', 'GITHUB_TOKEN'],
    ...['credentials', 'connectionString', 'sessionId', `${'x'.repeat(1000)}_password`],
  ])('knows %s', (name) => {
    expect(isSecretName(name)).toBe(true)
  })

  it.each([
    ...['', 'user', 'key', 'keys', 'publicKey', 'cacheKey', 'passwordless', 'secretary', 'author', 'authorId', 'path'],
    ...['tokens', 'maxTokens', 'tokenCount', 'nextPageToken', 'page_token', 'eos_token', 'stopToken', 'session'],
    ...['__proto__', 'constructor', 'toString'],
  ])('does not take %j for one', (name) => {
    expect(isSecretName(name)).toBe(false)
  })
})
