import { describe, expect, it } from 'vitest'
import { isSecretName } from './is-secret-name.ts'

const secret = `
  password Password DB_PASSWORD userPassword pwd passphrase secret clientSecret secrets
  apiKey x-api-key X-Goog-Api-Key OPENAI_API_KEY aws_secret_access_key accessKeyId privateKey
  authorization Proxy-Authorization cookie Set-Cookie token accessToken GITHUB_TOKEN
  credentials connectionString sessionId pass DB_PASS smtpPass passcode`

const harmless = `
  user key keys publicKey cacheKey passwordless secretary bypass compass BYPASS author authorId path session
  tokens maxTokens tokenCount nextPageToken page_token eos_token stopToken
  __proto__ constructor toString`

describe('isSecretName', () => {
  it.each([...secret.trim().split(/\s+/), `${'x'.repeat(1000)}_password`])('knows %s', (name) => {
    expect(isSecretName(name)).toBe(true)
  })

  it.each(['', ...harmless.trim().split(/\s+/)])('does not take %j for one', (name) => {
    expect(isSecretName(name)).toBe(false)
  })
})
