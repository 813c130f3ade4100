import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { ServiceName } from './service-name.ts'
import { service } from './service.ts'

const silent = { print: () => {} }

describe('service', () => {
  it('gives the URL that the environment names, and a namespace of its own', () => {
    const env = { EMPIRE_REDIS_URL: 'redis://127.0.0.1:6379' }
    const one = service('redis', { env })
    expect(one).toMatchObject({ available: true, reason: undefined, url: 'redis://127.0.0.1:6379' })
    expect(one.namespace).toMatch(/^empire_test_[0-9a-f]{32}$/)
    expect(service('redis', { env }).namespace).not.toBe(one.namespace)
  })

  it.each([{}, { EMPIRE_REDIS_URL: '' }, { EMPIRE_REDIS_URL: undefined }])(
    'prints the reason where the environment is %j',
    (env) => {
      const printed: string[] = []
      const redis = service('redis', { env, print: (reason) => printed.push(reason) })
      const reason =
        'Tests that need Redis are skipped: set EMPIRE_REDIS_URL to the URL of one that tests may write to.'
      expect(printed).toEqual([reason])
      expect(redis).toMatchObject({ available: false, reason })
      expect(() => redis.url).toThrow(expect.objectContaining({ code: 'service_unavailable', message: reason }))
    },
  )

  it('fails where it is required and not there', () => {
    const env = { EMPIRE_REQUIRE_SERVICES: 'postgres, redis,' }
    expect(() => service('redis', { env })).toThrow(
      expect.objectContaining({
        code: 'service_unavailable',
        message:
          'Expected EMPIRE_REDIS_URL to be set, because EMPIRE_REQUIRE_SERVICES lists redis. Set it to the URL of a Redis for tests.',
      }),
    )
    expect(service('nats', { env, ...silent }).available).toBe(false)
  })

  it('refuses a list of required services with an unknown name', () => {
    expect(() => service('redis', { env: { EMPIRE_REQUIRE_SERVICES: 'reddis' } })).toThrow(
      'EMPIRE_REQUIRE_SERVICES must list nats, opensearch, postgres, redis, got a string ("reddis").',
    )
  })

  it('keeps a test on PostgreSQL within its own schema', () => {
    const env = { EMPIRE_POSTGRES_URL: 'postgres://user:secret@127.0.0.1:5432/tests?sslmode=disable' }
    const { url, namespace } = service('postgres', { env })
    expect(url).toBe(
      `postgres://user:secret@127.0.0.1:5432/tests?sslmode=disable&options=-c%20search_path%3D${namespace}`,
    )
  })

  it('keeps the options that a PostgreSQL URL has', () => {
    const env = { EMPIRE_POSTGRES_URL: 'postgres://127.0.0.1/tests?options=-c%20statement_timeout%3D5' }
    const { url, namespace } = service('postgres', { env })
    expect(new URL(url).searchParams.get('options')).toBe(`-c statement_timeout=5 -c search_path=${namespace}`)
  })

  it('does not show the password when it is printed', () => {
    const env = { EMPIRE_REDIS_URL: 'redis://user:secret@127.0.0.1' }
    expect(inspect(service('redis', { env }))).not.toContain('secret')
  })

  it.each(['http://user:secret@127.0.0.1', 'redis:', 'redis://', 'redis:///3', 'secret'])(
    'refuses %s, of another kind or without a host, and does not show it',
    (address) => {
      const env = { EMPIRE_REDIS_URL: address }
      expect(() => service('redis', { env })).toThrow(
        new TypeError('EMPIRE_REDIS_URL must be a URL with a host that begins with redis:// or rediss://.'),
      )
    },
  )

  it.each(['postgres://', 'postgres:tests', 'postgres:///tests'])('refuses %s, which names no host', (address) => {
    expect(() => service('postgres', { env: { EMPIRE_POSTGRES_URL: address } })).toThrow(
      new TypeError('EMPIRE_POSTGRES_URL must be a URL with a host that begins with postgres:// or postgresql://.'),
    )
  })

  it('takes an address with space around it', () => {
    const env = { EMPIRE_REDIS_URL: ' redis://127.0.0.1:6379\n' }
    expect(service('redis', { env }).url).toBe('redis://127.0.0.1:6379')
  })

  it.each(['mysql', 'constructor', undefined])('refuses %s', (name) => {
    expect(() => service(name as ServiceName, silent)).toThrow(TypeError)
  })
})
