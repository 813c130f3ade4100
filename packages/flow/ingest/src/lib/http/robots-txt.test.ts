import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseRobotsTxt } from './robots-txt.ts'

const allows = (text: string, path: string, token = 'FooBot'): boolean =>
  parseRobotsTxt(text, token).allows(new URL(path, 'https://site.test'))

describe('parseRobotsTxt', () => {
  it.each([
    // RFC 9309, section 5.1.
    ['/example/page.html', true],
    ['/example/disallowed.gif', false],
    ['/', false],
    ['/other', false],
  ])('takes the longest match: %s → %s', (path, allowed) => {
    const text = 'User-Agent: foobot\nDisallow: /\nAllow: /example/\nDisallow: /example/disallowed.gif\n'
    expect(allows(text, path)).toBe(allowed)
  })

  it.each([
    // Section 2.2.2: octets are compared, with escapes in one way of writing.
    ['/foo/bar?baz=quz', '/foo/bar?baz=quz'],
    ['/foo/bar?baz=http://foo.bar', '/foo/bar?baz=http://foo.bar'],
    ['/foo/bar/ツ', '/foo/bar/%E3%83%84'],
    ['/foo/bar/%e3%83%84', '/foo/bar/ツ'],
    ['/foo/bar/%62%61%7A', '/foo/bar/baz'],
    ['/a%2fb', '/a%2Fb'],
    ['/100%', '/100%25'],
    ['/100%%41', '/100%25A'],
    // What URLs escape, and rules need not.
    ['/{id}', '/{id}'],
    ['/a|b^c`"<>', '/a|b^c`"<>'],
    ["/?q='x'", "/?q='x'"],
    ["/it's", "/it's"],
    // Section 2.2.3, and the specials as themselves.
    ['/path/file-with-a-%2A.html', '/path/file-with-a-*.html'],
    ['/path/foo-%24', '/path/foo-$'],
    ['*.gif$', '/deep/a.gif'],
    ['/a*/c', '/ab/x/c/d'],
    ['/a*a$', '/aba'],
    ['/*', '/'],
    ['/$', '/'],
    ['/fish*', '/fishheads?x=1'],
  ])('%s matches %s', (rule, path) => {
    expect(allows(`user-agent: *\ndisallow: ${rule}`, path)).toBe(false)
  })

  it.each([
    ['/a%2fb', '/a/b'],
    ['*.gif$', '/a.gif?x'],
    ['/a*a$', '/a'],
    ['/$', '/a'],
    ['/fish', '/Fish'],
    ['/fish', '/a/fish'],
    ['/a*c$', '/abcd'],
    ['/a$b', '/a'],
  ])('%s does not match %s', (rule, path) => {
    expect(allows(`user-agent: *\ndisallow: ${rule}`, path)).toBe(true)
  })

  it('joins all groups of an agent, in any case, and takes those of all only for who has none', () => {
    const text =
      'User-agent: *\nDisallow: /all\n\nUser-agent: FOOBOT/2.1\nUser-agent: other\nDisallow: /one\n\nuser-agent: foobot\ndisallow: /two'
    expect(['/all', '/one', '/two'].map((path) => allows(text, path))).toEqual([true, false, false])
    expect(['/all', '/one', '/two'].map((path) => allows(text, path, 'nobody'))).toEqual([false, true, true])
    expect(['/all', '/one', '/two'].map((path) => allows(text, path, 'Other'))).toEqual([true, false, true])
  })

  it('lets the rule that allows win among equally long ones', () => {
    expect(allows('user-agent: *\ndisallow: /page\nallow: /page', '/page')).toBe(true)
    expect(allows('user-agent: *\nallow: /page\ndisallow: /page', '/page')).toBe(true)
    expect(allows('user-agent: *\nallow: /page\ndisallow: /*.htm', '/page.htm')).toBe(false)
  })

  it('allows all where it says nothing, robots.txt itself always', () => {
    expect(allows('', '/x')).toBe(true)
    expect(allows('User-agent: *\nDisallow:', '/x')).toBe(true)
    expect(allows('Disallow: /', '/x')).toBe(true)
    expect(allows('<html>404: not found</html>', '/x')).toBe(true)
    expect(allows('user-agent: *\ndisallow: /', '/robots.txt')).toBe(true)
    expect(allows('user-agent: * all\ndisallow: /', '/x')).toBe(false)
  })

  it('reads any ends of lines, comments, a byte order mark, and past what it does not know', () => {
    expect(
      allows('\ufeffuser-agent: a\rSitemap: /s.xml\ruser-agent: FooBot # us\r\n Disallow : /x # here\n', '/x'),
    ).toBe(false)
  })

  it('knows how long to wait between requests', () => {
    expect(parseRobotsTxt('user-agent: *\ncrawl-delay: 2.5\ndisallow: /x', 'FooBot').crawlDelay).toBe(2_500)
    expect(parseRobotsTxt('user-agent: *\ncrawl-delay: .5', 'FooBot').crawlDelay).toBe(500)
    expect(parseRobotsTxt(`user-agent: *\ncrawl-delay: ${'9'.repeat(400)}`, 'FooBot').crawlDelay).toBe(86_400_000)
    expect(parseRobotsTxt('user-agent: *\ncrawl-delay: soon', 'FooBot').crawlDelay).toBeUndefined()
    expect(
      parseRobotsTxt('user-agent: a\ncrawl-delay: 9\n\nuser-agent: *\ndisallow:', 'FooBot').crawlDelay,
    ).toBeUndefined()
  })

  it('matches like the regular expression of the pattern', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 8 })
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '/', '*'), maxLength: 8 })
    fc.assert(
      fc.property(pattern, fc.boolean(), letters, (rest, anchored, path) => {
        const expression = new RegExp(`^/${rest.replaceAll('*', '.*')}${anchored ? '$' : ''}`)
        const url = new URL('https://site.test')
        url.pathname = `/${path}`
        expect(parseRobotsTxt(`user-agent: *\ndisallow: /${rest}${anchored ? '$' : ''}`, 'x').allows(url)).toBe(
          !expression.test(url.pathname),
        )
      }),
    )
  })

  it('matches hostile patterns in good time', () => {
    expect(allows(`user-agent: *\ndisallow: /${'*a'.repeat(5_000)}b$`, `/${'a'.repeat(5_000)}`)).toBe(true)
  })
})
