import { IngestError } from '@empire/ingest'
import { describe, expect, it } from 'vitest'
import { unreadableSource } from './unreadable-source.ts'

describe('unreadableSource', () => {
  it.each([
    [
      'postgres://ada@db/shop#select 1',
      new IngestError('refused', 'postgres-1', 'PostgreSQL refuses the login: no.'),
      'postgres://ada@db/shop: PostgreSQL refuses the login: no. No password is kept: set PGPASSWORD.',
    ],
    [
      'postgres://ada@db/shop#select 1',
      new IngestError('connection_lost', 'postgres-1', 'client password must be a string.'),
      'postgres://ada@db/shop: client password must be a string. No password is kept: set PGPASSWORD.',
    ],
    [
      's3://docs/',
      new IngestError('refused', 's3://docs/', 'there are no credentials (none).'),
      's3://docs/: there are no credentials (none). Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE.',
    ],
    [
      's3://docs/',
      new IngestError('unreadable', 's3://docs/', 'cannot be asked for: Region is missing'),
      's3://docs/: cannot be asked for: Region is missing. Set AWS_REGION.',
    ],
    [
      'https://example.com/a',
      new IngestError('refused', 'https://example.com/a', 'answers 401.'),
      'https://example.com/a: answers 401. Set RAG_AUTHORIZATION to "example.com <value of the header Authorization>".',
    ],
  ])('says of %s what may help', (address, error, message) => {
    expect(unreadableSource(address, error)).toEqual({ path: address, code: 'unreadable_path', message })
  })
})
