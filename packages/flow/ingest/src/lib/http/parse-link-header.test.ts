import { describe, expect, it } from 'vitest'
import { parseLinkHeader } from './parse-link-header.ts'

describe('parseLinkHeader', () => {
  it.each([
    ['', []],
    ['<https://a.test/?page=2>; rel="next"', [['https://a.test/?page=2', ['next']]]],
    [
      '<?page=2>; rel=next, <?page=9>; rel=last',
      [
        ['?page=2', ['next']],
        ['?page=9', ['last']],
      ],
    ],
    [
      '</a,b;c>; title="x, \\"<y>\\"; rel=z"; REL="Prev  NEXT" , <c>',
      [
        ['/a,b;c', ['prev', 'next']],
        ['c', []],
      ],
    ],
    ['<a>; rel=next; rel=last', [['a', ['next']]]],
    ['<a>; rel=next; anchor="/b", <c>; rel=next', [['c', ['next']]]],
    ['<a> ; rel = "next"', [['a', ['next']]]],
    ['no link at all; rel=next', []],
    ['<unclosed', []],
    ['<a>; rel="unclosed', [['a', ['unclosed']]]],
  ])('reads %s', (header, links) => {
    expect(parseLinkHeader(header).map(({ target, relations }) => [target, relations])).toEqual(links)
  })

  it('takes linear time on hostile headers', () => {
    expect(parseLinkHeader('<'.repeat(100_000))).toEqual([])
    expect(parseLinkHeader('<a>;"'.repeat(50_000)).length).toBeGreaterThan(0)
    expect(parseLinkHeader('<a>,'.repeat(50_000))).toHaveLength(50_000)
  })
})
