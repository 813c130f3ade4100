import { describe, expect, it } from 'vitest'
import { createPrinter } from './printer.ts'

describe('createPrinter', () => {
  it('is content when what was expected was printed, over several calls too', () => {
    const { print, verify } = createPrinter([
      { place: 'README.md:3', text: "{ a: [ 1 ] } 'x' x 50%" },
      { place: 'README.md:4', text: 'one\ntwo' },
    ])
    print[0]?.({ a: [1] }, `'x'`, 'x', '50%')
    for (const word of ['one', 'two']) print[1]?.(word)
    expect(verify).not.toThrow()
  })

  it('refuses other output', () => {
    const { print, verify } = createPrinter([{ place: 'README.md:3', text: '2' }])
    print[0]?.(3)
    expect(verify).toThrow('README.md:3 should print:\n2\n\nIt printed:\n3')
  })

  it('refuses a call that was never reached', () => {
    expect(createPrinter([{ place: 'README.md:3', text: '' }]).verify).toThrow(
      'README.md:3 should print:\n\n\nIt was never reached.',
    )
  })
})
