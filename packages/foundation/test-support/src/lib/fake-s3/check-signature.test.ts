import { describe, expect, it } from 'vitest'
import { FakeRequest } from '../fake-server/fake-request.ts'
import { checkSignature } from './check-signature.ts'

// The example of AWS: "Authenticating Requests: Using the Authorization Header", GET object.
const settings = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  region: 'us-east-1',
  now: () => Date.UTC(2013, 4, 24),
}
const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
const signed = {
  host: 'examplebucket.s3.amazonaws.com',
  range: 'bytes=0-9',
  'x-amz-content-sha256': empty,
  'x-amz-date': '20130524T000000Z',
  authorization:
    'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
}

function request(changes: { headers?: Record<string, string>; target?: string; body?: string; method?: string } = {}) {
  const { headers = {}, target = '/test.txt', body = '', method = 'GET' } = changes
  const url = new URL(target, 'http://127.0.0.1')
  return new FakeRequest(
    { index: 0, method, target, url, headers: { ...signed, ...headers }, bytes: Buffer.from(body) },
    { sent: 0, outcome: 'pending' },
  )
}

describe('checkSignature', () => {
  it('takes what AWS gives as an example', () => {
    expect(checkSignature(request(), settings)).toBeUndefined()
  })

  it.each([
    ['another path', { target: '/test2.txt' }, 'SignatureDoesNotMatch'],
    ['a query', { target: '/test.txt?versionId=1' }, 'SignatureDoesNotMatch'],
    ['another method', { method: 'HEAD' }, 'SignatureDoesNotMatch'],
    ['another range', { headers: { range: 'bytes=0-99' } }, 'SignatureDoesNotMatch'],
    ['a body', { body: 'x' }, 'XAmzContentSHA256Mismatch'],
    ['a header of S3 that is not signed', { headers: { 'x-amz-acl': 'public-read' } }, 'AccessDenied'],
    ['another kind of authorization', { headers: { authorization: 'Bearer x' } }, 'AuthorizationHeaderMalformed'],
  ] as const)('refuses %s', (_name, changes, refusal) => {
    expect(checkSignature(request(changes), settings)).toBe(refusal)
  })

  it.each([
    [{ secretAccessKey: 'another' }, 'SignatureDoesNotMatch'],
    [{ accessKeyId: 'another' }, 'InvalidAccessKeyId'],
    [{ region: 'eu-central-1' }, 'AuthorizationHeaderMalformed'],
    [{ now: () => Date.UTC(2013, 4, 24, 0, 16) }, 'RequestTimeTooSkewed'],
  ])('refuses with %j', (changes, refusal) => {
    expect(checkSignature(request(), { ...settings, ...changes })).toBe(refusal)
  })
})
