import { describe, expect, it } from 'vitest'
import { redactText } from './redact.ts'

describe('redactText, of a value behind a telling name', () => {
  it.each([
    ['{"apiKey":"x y","user":"me"}', '{"apiKey":"[redacted]","user":"me"}'],
    ['{"password": "a\\"b\\\\", "n": 1}', '{"password": "[redacted]", "n": 1}'],
    ["{ 'client_secret': 'abc' }", "{ 'client_secret': '[redacted]' }"],
    [String.raw`"{\"password\":\"hunter2\",\"n\":1}"`, String.raw`"{\"password\":\"[redacted]\",\"n\":1}"`],
    [
      String.raw`"\"{\\\"password\\\":\\\"a b\\\",\\\"n\\\":1}\""`,
      String.raw`"\"{\\\"password\\\":\\\"[redacted]\\\",\\\"n\\\":1}\""`,
    ],
    ['{"password":123456,"n":1}', '{"password":0,"n":1}'],
    ['{"password":"never ends\nnext', '{"password":"[redacted]\nnext'],
    ['DB_PASSWORD=hunter\nUSER=me', 'DB_PASSWORD=[redacted]\nUSER=me'],
    ['export AWS_SECRET_ACCESS_KEY="abc/def+ghi"', 'export AWS_SECRET_ACCESS_KEY="[redacted]"'],
    ['password: changeme\nuser: me', 'password: [redacted]\nuser: me'],
    ['the password: hunter2, and more', 'the password: [redacted], and more'],
    ['The API key: abc123', 'The API key: [redacted]'],
    ['?access_token=abc&x=1', '?access_token=[redacted]&x=1'],
    ['Server=db;Password=hunter2;Port=1', 'Server=db;Password=[redacted];Port=1'],
    ['Authorization: Basic abc\r\nHost: x', 'Authorization: [redacted]\r\nHost: x'],
    ['authorization: abcdef', 'authorization: [redacted]'],
    ['Cookie: theme="dark"; sid=planted\nHost: x', 'Cookie: [redacted]\nHost: x'],
    [String.raw`"GET /\r\nCookie: sid=1\r\nHost: x"`, String.raw`"GET /\r\nCookie: [redacted]\r\nHost: x"`],
    ['Cookie: sid=1; theme=dark\nHost: x', 'Cookie: [redacted]\nHost: x'],
    ['curl -H "X-Api-Key: abc123" https://x', 'curl -H "X-Api-Key: [redacted]" https://x'],
    ["{ token => 'abc' }", "{ token => '[redacted]' }"],
    ['password := `abc`', 'password := `[redacted]`'],
  ])('hides it in %s', (text, redacted) => {
    expect(redactText(text)).toBe(redacted)
  })

  it.each([
    'interface Options { apiKey: string; password?: string }',
    'Password: required',
    'const token = await getToken()',
    'apiKey: ${API_KEY}',
    '{"maxTokens":100,"total_tokens":5,"tokens":"a b"}',
    '{"nextPageToken":"abc","eos_token":"</s>"}',
    '{"token":17}',
    '{"token":"Hello","logprob":-0.1}',
    '{"password":"","secret":null,"credentials":{"a":1}}',
    'Authorization: how servers know their callers',
    'The secret: persistence, and a little luck.',
    'passwords are secrets',
  ])('leaves alone %s', (text) => {
    expect(redactText(text)).toBe(text)
  })
})
