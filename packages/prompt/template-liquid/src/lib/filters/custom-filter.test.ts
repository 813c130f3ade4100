import { describe, expect, it, vi } from 'vitest'
import { createLiquid } from '../create-liquid.ts'
import type { LiquidFilter } from './custom-filter.ts'

function render(filter: LiquidFilter, source: string, assigns = {}): string {
  return createLiquid({ filters: { own: filter } })
    .compile(source)
    .render(assigns)
}

describe('filters of one’s own', () => {
  it('get the value, the arguments, and those with a name', () => {
    const filter = vi.fn<LiquidFilter>(() => 'x')
    expect(render(filter, '{{ a | own: 1, "b", size: 2.0, c: nil | upcase }}', { a: [1] })).toBe('X')
    expect(filter).toHaveBeenCalledExactlyOnceWith([1], 1, 'b', { size: 2, c: null })
  })

  it('get values as JavaScript has them', () => {
    const filter = vi.fn<LiquidFilter>(() => undefined)
    const source = '{{ 2.0 | own: (1..3) }}{{ nil | own }}{% for i in (1..1) %}{{ forloop | own }}{% endfor %}'
    expect(render(filter, source)).toBe('')
    expect(filter.mock.calls).toEqual([[2, [1, 2, 3]], [null], ['Liquid::ForloopDrop']])
  })

  it('take the place of those of the language', () => {
    const liquid = createLiquid({ filters: { upcase: () => 'mine' } })
    expect(liquid.compile('{{ "a" | upcase }}').render()).toBe('mine')
    expect(createLiquid().compile('{{ "a" | upcase }}').render()).toBe('A')
  })

  it('fail with the place of the filter, without what was passed', () => {
    const cause = new Error('secret')
    const fail = (): string => {
      throw cause
    }
    expect(() => render(fail, 'a\n{{ "secret" | upcase | own }}')).toThrow(
      expect.objectContaining({
        code: 'template_render',
        cause,
        line: 2,
        column: 24,
        problem: 'The filter "own" threw. See the cause.',
      }),
    )
  })

  it('cannot give a promise to print', () => {
    expect(() => render(() => Promise.resolve('x'), '{{ 1 | own }}')).toThrow('A promise cannot be printed.')
  })

  it('are charged for what they make', () => {
    const liquid = createLiquid({ filters: { long: () => 'x'.repeat(100) }, memoryLimit: 99 })
    expect(() => liquid.compile('{% assign a = 1 | long %}').render()).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ limit: 'memoryLimit' }) as unknown }),
    )
  })

  it('are not called by templates under other names', () => {
    expect(() => render(() => 'x', '{{ 1 | owm }}')).toThrow('The filter "owm" does not exist. Did you mean "own"?')
    expect(() => render(() => 'x', '{{ 1 | constructor }}')).toThrow('The filter "constructor" does not exist.')
  })

  it.each([
    [{ 'a b': () => '' }, 'Expected the names of "filters" to be letters, digits, "_" and "-", got a string ("a b").'],
    [{ a: 'b' }, 'Expected "filters.a" to be a function, got a string ("b").'],
  ])('are refused: %j', (filters, message) => {
    expect(() => createLiquid({ filters: filters as unknown as Record<string, LiquidFilter> })).toThrow(
      new TypeError(message),
    )
  })
})
