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
    ['{"password" :\n  "abc"}', '{"password" :\n  "[redacted]"}'],
    ["{'password': b'abc'}", "{'password': b'[redacted]'}"],
    ['{"auth":{"user":"me","pass":"abc"}}', '{"auth":{"user":"me","pass":"[redacted]"}}'],
    ['DB_PASS=abc smtpPass=abc passcode=1', 'DB_PASS=[redacted] smtpPass=[redacted] passcode=[redacted]'],
    ['password: |\n  one\n  two\nuser: me', 'password: [redacted]\nuser: me'],
    ['{"set-cookie":["a=1; Path=/","b=2"],"n":1}', '{"set-cookie":["[redacted]","[redacted]"],"n":1}'],
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
    'password=${PASSWORD} token=$TOKEN',
    'curl -H "Authorization: Bearer ${TOKEN}" -H "x-api-key: YOUR_API_KEY"',
    'apiKey=process.env.KEY, api_key=os.getenv("KEY"), token = await getToken()',
    'PWD=/srv/app/x1',
    'cost per token: 0.002, accessKeys: 3',
    'first pass: 3 of 5, bypass=1, pass=12 fail=3',
  ])('leaves alone %s', (text) => {
    expect(redactText(text)).toBe(text)
  })
})

describe('redactText, of a value that stands apart from its name', () => {
  it.each([
    [
      '<db:password type="text">abc</db:password><user>me</user>',
      '<db:password type="text">[redacted]</db:password><user>me</user>',
    ],
    [
      'Content-Disposition: form-data; name="password"\r\nContent-Type: text/plain\r\n\r\nabc\r\n--x',
      'Content-Disposition: form-data; name="password"\r\nContent-Type: text/plain\r\n\r\n[redacted]\r\n--x',
    ],
    ['[{"name":"DB_PASSWORD","value":"a b"}]', '[{"name":"DB_PASSWORD","value":"[redacted]"}]'],
    ['[["cookie","a=b"],["accept","*/*"]]', '[["cookie","[redacted]"],["accept","*/*"]]'],
    [String.raw`"[\"Authorization\",\"Basic abc\"]"`, String.raw`"[\"Authorization\",\"[redacted]\"]"`],
  ])('hides it in %s', (text, redacted) => {
    expect(redactText(text)).toBe(redacted)
  })

  it.each([
    '{"required":["password","user"],"headers":["cookie","authorization"]}',
    'login <password> [options]',
    '{"name":"title","value":"The password"}',
  ])('leaves alone %s', (text) => {
    expect(redactText(text)).toBe(text)
  })
})

describe('redactText, of escaped text', () => {
  it.each([
    [String.raw`{"pass\u0077ord":"abc"}`, String.raw`{"pass\u0077ord":"[redacted]"}`],
    [
      String.raw`{"a":"{\u0022password\u0022:\u0022abc\u0022}"}`,
      String.raw`{"a":"{\u0022password\u0022:\u0022[redacted]\u0022}"}`,
    ],
    [String.raw`"redis:\/\/:abc@cache"`, String.raw`"redis:\/\/:[redacted]@cache"`],
    ['?url=https%3A%2F%2Fx%2F%3Faccess_token%3Dabc%26y', '?url=https%3A%2F%2Fx%2F%3Faccess_token%3D[redacted]%26y'],
    ['?q=%257B%2522password%2522%253A%2522abc%2522%257D', '?q=%257B%2522password%2522%253A%2522[redacted]%2522%257D'],
    ['password=&quot;abc&quot;', 'password=&quot;[redacted]&quot;'],
  ])('hides what stands behind the escapes of %s', (text, redacted) => {
    expect(redactText(text)).toBe(redacted)
  })

  it.each([
    String.raw`sk\u002dant\u002dKEY`,
    String.raw`line\nsk-ant-KEY`,
    'sk%2Dant%2DKEY',
    String.raw`line\\nsk-ant-KEY`,
  ])('hides a key in %s', (text) => {
    expect(redactText(`{"a":"${text.replace('KEY', 'a1B2c3D4'.repeat(4))}"}`)).not.toContain('a1B2c3D4')
  })
})

describe('redactText, of JSON', () => {
  it.each([
    { a: "password='x", b: "it's" },
    { a: 'password=`x', b: 'y' },
    { a: 'password="\\', b: '"y' },
    { a: 'cookie: a=', b: 'c; d' },
    { a: '-----BEGIN PRIVATE KEY-----\n\\', b: 'y' },
    { '"password=>': 'x', b: 'y' },
    ['authorization=', 'x'],
  ])('keeps it JSON, with its other members: %j', (data) => {
    const redacted = JSON.parse(redactText(JSON.stringify(data))) as object
    expect(Object.keys(redacted)).toHaveLength(2)
    expect(Object.values(redacted)[1]).toBe(Object.values(data)[1])
  })
})
