import { expect, it } from 'vitest'
import { redactText } from './redact.ts'

const parts = [
  'a',
  'A',
  '=',
  ' ',
  '"',
  '\\',
  "'",
  '`',
  '@',
  '%',
  '&',
  '<',
  '-----BEGIN',
  '-----BEGIN PRIVATE KEY-----',
  'eyJ.',
  'eyJaaaaaaaa.',
  'password=',
  'password="',
  "password:'",
  `"'`,
  '\\"',
  '\\u002d',
  '%25',
  'cookie: a=1; ',
  '://',
  '://a:',
  '://a:b@',
  '?key=',
  'sk-',
  'SG.a',
  'Bearer ',
  'basic ',
  '--secret ',
  '<password>',
  '<password>x</password>',
  'name="password"\r\n',
  '"token",',
  '["cookie",',
  '["cookie":["',
  '-u a:',
  '&quot;',
  'token":"a","logprob',
  '|\n x\n',
]

// Quadratic work on this would take hours.
it.each(parts)('hides nothing slowly in ten million characters of %j', (part) => {
  const text = part.repeat(10_000_000 / part.length)
  expect(redactText(text).length).toBeGreaterThan(0)
  for (const begin of ['password="', 'cookie: a', 'https://x?key=', 'sk-a1', 'Bearer 1', '-u a:b']) {
    expect(redactText(begin + text.slice(0, 2_000_000)).length).toBeGreaterThan(0)
  }
})
