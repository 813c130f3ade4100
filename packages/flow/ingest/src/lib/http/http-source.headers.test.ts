import { describe, expect, it } from 'vitest'
import { httpSource } from './http-source.ts'
import { failure, list, read, site, textOf } from './http-source.site.test.ts'

describe('httpSource and headers', () => {
  it('asks for them for each request, and never tells another origin or an error', async () => {
    const other = await site({ '/b': { body: 'there' }, '/forbidden': { status: 403 } })
    const { url, server } = await site({
      '/a': { status: 302, headers: { location: `${other.url}/b` } },
      '/b': { status: 301, headers: { location: '/c' } },
      '/c': ({ headers }) => (headers['authorization'] === 'Bearer key-2' ? { body: 'here' } : { status: 401 }),
    })
    let keys = 0
    const headers = (): Record<string, string> => ({ authorization: `Bearer key-${keys++}` })
    const source = httpSource([`${url}/a`, `${url}/b`], { headers, userAgent: 'Our-Bot/2' })
    const [first, second] = await list(source)
    expect(await textOf(await first!.read())).toBe('there')
    expect(await textOf(await second!.read())).toBe('here')
    expect(other.server.requests.map((request) => request.headers['authorization'])).toEqual([undefined, undefined])
    expect(server.requests[0]?.path).toBe('/robots.txt')
    expect(server.requests[0]?.headers['authorization']).toBeUndefined()
    expect(new Set(server.requests.map((request) => request.headers['user-agent']))).toEqual(new Set(['Our-Bot/2']))

    const refused = await failure(
      read(httpSource([`${url}/c`], { headers: { authorization: 'Bearer sk-very-secret-key-12345' } })),
    )
    expect(JSON.stringify(refused) + refused.stack).not.toContain('very-secret')
  })

  it('does not tell a header that HTTP does not allow', async () => {
    const refused = new TypeError(
      'Expected "headers" to have names and values that HTTP allows, got another "authorization".',
    )
    const wrong = { authorization: 'Bearer very\nsecret' }
    expect(() => httpSource([], { headers: wrong })).toThrow(refused)
    expect(() => httpSource([], { headers: { authorization: undefined } as never })).toThrow(refused)
    const { url } = await site({})
    await expect(read(httpSource([url], { headers: () => wrong, robots: false }))).rejects.toThrow(refused)
  })

  it('keeps the URL that was asked for, not the signed one behind it', async () => {
    const { url } = await site({
      '/a': { status: 302, headers: { location: '/b?X-Amz-Signature=0123456789abcdef' } },
      '/b': { body: 'b' },
    })
    expect((await read(httpSource([`${url}/a`])))?.metadata).toEqual({ url: `${url}/a` })
  })

  it('follows five redirects, and no more', async () => {
    const { url, server } = await site({
      '/r': ({ url: { searchParams } }) => {
        const left = Number(searchParams.get('left'))
        return left === 0 ? { body: 'end' } : { status: 302, headers: { location: `?left=${left - 1}` } }
      },
      '/odd': { status: 302, headers: { location: 'ftp://site.test/' } },
      '/secret': { status: 307, headers: { location: 'http://me:hunter2@site.test/' } },
    })
    expect(await textOf(await read(httpSource([`${url}/r?left=5`], { robots: false })))).toBe('end')
    const many = await failure(read(httpSource([`${url}/r?left=6`], { robots: false })))
    expect(many.message).toBe(`${url}/r?left=6: redirected more than 5 times.`)
    const odd = await failure(read(httpSource([`${url}/odd`], { robots: false })))
    expect(odd.message).toBe(`${url}/odd: redirected (status 302) to no URL of HTTP.`)
    const secret = await failure(read(httpSource([`${url}/secret`], { robots: false })))
    expect(secret.message).toBe(`${url}/secret: redirected (status 307) to a URL with a password. Use "headers".`)
    await server.whenIdle()
  })

  it('refuses headers that it could not send', () => {
    expect(() => httpSource([], { headers: new Headers({ authorization: 'Bearer x' }) as never })).toThrow(
      new TypeError('Expected "headers" to be an object of names and values, got an object.'),
    )
    expect(() => httpSource([], { headers: { 'User-Agent': 'us' } })).toThrow(
      new TypeError('Expected "headers" to have no "user-agent". Use "userAgent".'),
    )
  })

  it('hides a secret in the query everywhere but in the request, and yet tells two apart', async () => {
    const { url, server } = await site({ '/a': { status: 500 } })
    const source = httpSource(['abc', 'def'].map((secret) => `${url}/a?page=1&api_key=${secret}123456`))
    const [first, second] = await list(source)
    expect(first!.path).toBe(`${url}/a?page=1&api_key=[redacted]`)
    expect(first!.id).toMatch(/api_key=\[redacted\]#[0-9a-f]{16}$/)
    expect(second!.id).not.toBe(first!.id)
    expect((await list(source))[0]!.id).toBe(first!.id)
    const error = await failure(first!.read())
    expect(error.path).toBe(first!.path)
    expect(JSON.stringify(error) + error.stack).not.toContain('abc123456')
    expect(server.requests.at(-1)?.url.searchParams.get('api_key')).toBe('abc123456')
  })
})
