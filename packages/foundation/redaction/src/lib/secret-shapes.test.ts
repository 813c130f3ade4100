import { describe, expect, it } from 'vitest'
import { findSecrets, redactText } from './redact.ts'
import { secretShapes } from './secret-shapes.ts'
import { traitsOf } from './traits-of.ts'

// Put together here, so that no scanner takes this file for a leak.
const random = 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0'

const examples: Readonly<Record<string, readonly string[]>> = {
  'api-key': [
    `sk-${random}`,
    `sk-proj-${random}_${random}`,
    `sk-ant-api03-${random}-${random}AA`,
    `sk_live_${random}`,
    `AIza${random.slice(0, 35)}`,
    `ya29.${random}`,
    `ghp_${random}`,
    `github_pat_${random}`,
    `glpat-${random.slice(0, 20)}`,
    `xoxb-123456789012-${random}`,
    `npm_${random.slice(0, 36)}`,
    `SG.${random.slice(0, 22)}.${random}`,
    `hf_${random.slice(0, 34)}`,
    `hvs.${random}`,
    `SK${'0123456789abcdef'.repeat(2)}`,
    `AQ.${random}`,
    `fm2_${random}`,
    `fw_${random.slice(0, 24)}`,
    `pa-${random}`,
    `pat${random.slice(0, 14)}.${'0123456789abcdef'.repeat(4)}`,
    `${'0123456789abcdef'.repeat(2)}-us12`,
    `MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.${random.slice(0, 27)}`,
  ],
  'aws-access-key': ['AKIAIOSFODNN7EXAMPLE', 'ASIA1234567890ABCDEF'],
  'json-web-token': [`eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.${random}`, `eyJhbGciOiJub25lIn0.eyJzdWIiOiIxMjM0In0.`],
  'private-key': [
    '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADAN\n-----END PRIVATE KEY-----',
    '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1r\n-----END OPENSSH PRIVATE KEY-----',
    '-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nMIIE\n-----END RSA PRIVATE KEY-----',
    '-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlQOYBF\n-----END PGP PRIVATE KEY BLOCK-----',
    '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADAN that never ends',
  ],
  'webhook-key': [`whsec_${random}`],
  'telegram-token': [`123456789:AA${random.slice(0, 33)}`],
}

const partExamples: Readonly<Record<string, readonly (readonly [text: string, secret: string])[]>> = {
  'bearer-token': [
    [`Bearer ${random}`, random],
    ['bearer abc-def-ghi', 'abc-def-ghi'],
    ['BEARER abc-def-ghi', 'abc-def-ghi'],
  ],
  'basic-credentials': [['Basic dXNlcjpwYXNz', 'dXNlcjpwYXNz']],
  'url-password': [
    ['postgres://app:hunter2@db:5432/app', 'hunter2'],
    ['redis://:hunter2@cache/0', 'hunter2'],
    ['see https://me:p@ss@example.com/x', 'p@ss'],
    ['postgres://app:hun/ter#2@db/app', 'hun/ter#2'],
  ],
  'url-parameter': [
    ['https://example.com/?key=abcdef12&page=2', 'abcdef12'],
    ['https://bucket/x?a=1&X-Amz-Signature=0123abcd', '0123abcd'],
  ],
  'registry-login': [
    ['{"auths":{"ghcr.io":{"auth":"bWU6aHVudGVyMg=="}}}', 'bWU6aHVudGVyMg=='],
    ['_auth=bWU6aHVudGVyMg==', 'bWU6aHVudGVyMg=='],
  ],
  'user-option': [['curl -u me:hunter2 https://example.com', 'hunter2']],
  webhook: [['https://hooks.slack.com/services/T000/B000/abcd', 'T000/B000/abcd']],
  'command-option': [
    ['mysql --password hunter2 --user me', 'hunter2'],
    ['tool --my-api-key "abc def"', 'abc'],
  ],
}

describe('secretShapes', () => {
  it('has an example of each shape here', () => {
    expect(secretShapes.map(({ name }) => name).toSorted()).toEqual(
      [...Object.keys(examples), ...Object.keys(partExamples)].toSorted(),
    )
  })

  it('has for each shape a trait that all its texts have', () => {
    const texts = [
      ...Object.values(examples).flat(),
      ...Object.values(partExamples).flatMap((cases) => cases.map(([text]) => text)),
    ]
    const without = secretShapes.flatMap(({ name, pattern, trait }) =>
      texts
        .flatMap((text) => [...text.matchAll(pattern)])
        .filter(([match]) => (traitsOf(match) & trait) === 0)
        .map(([match]) => [name, match]),
    )
    expect(without).toEqual([])
  })

  it.each(Object.entries(examples).flatMap(([shape, secrets]) => secrets.map((secret) => [shape, secret] as const)))(
    'knows %s: %s',
    (shape, secret) => {
      const text = `before "${secret}`
      expect(redactText(text)).toBe('before "[redacted]')
      expect(findSecrets(text)).toContainEqual({ start: 8, end: text.length, shape, replacement: '[redacted]' })
    },
  )

  it.each(
    Object.entries(partExamples).flatMap(([shape, cases]) => cases.map((example) => [shape, ...example] as const)),
  )('knows %s in %s', (shape, text, secret) => {
    const start = text.indexOf(secret)
    expect(findSecrets(text)).toContainEqual({
      start,
      end: start + secret.length,
      shape,
      replacement: '[redacted]',
    })
  })

  it.each([
    'The quick brown fox jumps over the lazy dog.',
    'task-management-system-with-many-words and risk-assessment-of-large-projects',
    '3f2504e0-4f89-11d3-9a0c-0305e82c3301',
    `sha256:${'0123456789abcdef'.repeat(4)}`,
    'https://example.com/a/b?page=2&sort=name#top',
    'mailto:me@example.com, http://localhost:8080/@scope/name',
    'Basic knowledge of bearer certificates is required.',
    '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----',
    'const skew = risk_factor * sk_learn',
    'npm_config_registry_very_long_name, pypi-package-names-with-dashes, sk-learn-model-selection-train-test',
    'http://db:5432/a@b and docker run -u 1000:1000 and "auth": "required-for-all"',
    'http://${user}:${password}@db',
    '2026-11-20T13:33:09.000Z 127.0.0.1:37909 12:34:56',
  ])('leaves alone %s', (text) => {
    expect(redactText(text)).toBe(text)
  })
})
