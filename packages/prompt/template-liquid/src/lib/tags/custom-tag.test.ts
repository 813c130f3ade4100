import { TemplateError } from '@empire/template'
import { describe, expect, it, vi } from 'vitest'
import { createLiquid } from '../create-liquid.ts'
import type { LiquidTag } from './custom-tag.ts'

const section: LiquidTag = {
  hasBody: true,
  render: ({ args, options, body }) => `<${String(args[0])} ${JSON.stringify(options)}>${body()}</${String(args[0])}>`,
}

function render(tags: Record<string, LiquidTag>, source: string, assigns = {}): string {
  return createLiquid({ tags }).compile(source).render(assigns)
}

describe('tags of one’s own', () => {
  it('get their values by place and by name', () => {
    const tag = vi.fn<LiquidTag['render']>(() => 'x')
    expect(render({ note: { render: tag } }, '{% note user.name, 2.0, level: 3 %}', { user: { name: 'Ada' } })).toBe(
      'x',
    )
    expect(tag.mock.calls[0]?.[0]).toMatchObject({ args: ['Ada', 2], options: { level: 3 } })
    expect(tag.mock.calls[0]?.[0].body()).toBe('')
  })

  it('render their body, as often as they like', () => {
    const source = '{% section "a", b: 1 %}{% for i in list %}{{ i }}{% endfor %}{% endsection %}'
    expect(render({ section }, source, { list: [1, 2] })).toBe('<a {"b":1}>12</a>')
    const twice: LiquidTag = { hasBody: true, render: ({ body }) => body() + body() }
    expect(render({ twice }, '{% twice %}{% increment n %}{% endtwice %}')).toBe('01')
    const never: LiquidTag = { hasBody: true, render: () => '' }
    expect(render({ never }, '[{% never %}{{ missing }}{% endnever %}]')).toBe('[]')
  })

  it('tell their variables', () => {
    const liquid = createLiquid({ tags: { section } })
    expect(liquid.variables('{% section a, b: c.d %}{{ e }}{% endsection %}').map(({ name }) => name)).toEqual([
      'a',
      'c.d',
      'e',
    ])
  })

  it('fail with their place, without what was passed', () => {
    const cause = new Error('secret')
    const fail: LiquidTag = {
      render: () => {
        throw cause
      },
    }
    expect(() => render({ fail }, 'a\n {% fail %}')).toThrow(
      expect.objectContaining({
        code: 'template_render',
        cause,
        line: 2,
        column: 2,
        problem: 'The tag "fail" threw. See the cause.',
      }),
    )
    expect(() => render({ none: { render: () => 1 as unknown as string } }, '{% none %}')).toThrow(
      'The tag "none" has to return a string.',
    )
  })

  it('cannot hide what goes wrong in their body', () => {
    const quiet: LiquidTag = {
      hasBody: true,
      render: ({ body }) => {
        try {
          return body()
        } catch {
          return ''
        }
      },
    }
    expect(() => render({ quiet }, 'a\n{% quiet %}{{ missing }}{% endquiet %}')).toThrow(
      expect.objectContaining({ code: 'template_undefined_variable', line: 2, column: 15 }),
    )
  })

  it('stand for other tags and in them, and count against the limits', () => {
    expect(render({ echo: { render: () => 'mine' } }, '{% if true %}{% echo %}{% endif %}')).toBe('mine')
    const liquid = createLiquid({ tags: { long: { render: () => 'x'.repeat(100) } }, memoryLimit: 99 })
    expect(() => liquid.compile('{% long %}').render()).toThrow(
      expect.objectContaining({ code: 'template_limit_exceeded' }),
    )
  })

  it.each([
    ['{% section %}', 'The tag "section" is not closed. Close it with {% endsection %}.'],
    ['{% endsection %}', 'The tag "endsection" has nothing to belong to.'],
    ['{% section 1 2 %}{% endsection %}', 'Unexpected "2", expected a comma or the end of the tag.'],
    ['{% sction %}', 'The tag "sction" does not exist. Did you mean "section"?'],
  ])('refuse %s', (source, problem) => {
    expect(() => render({ section }, source)).toThrow(expect.objectContaining({ code: 'template_syntax', problem }))
  })

  it.each([
    [{ 'a-b': section }, 'Expected the names of "tags" to be letters, digits and "_", got a string ("a-b").'],
    [{ liquid: section }, 'Expected the names of "tags" to be letters, digits and "_", got a string ("liquid").'],
    [{ a: {} }, 'Expected "tags.a" to be { render }, got an object.'],
    [{ a: { render: () => '', hasbody: true } }, '"tags.a" has no key "hasbody". Did you mean "hasBody"?'],
  ])('are refused: %j', (tags, message) => {
    expect(() => createLiquid({ tags: tags as unknown as Record<string, LiquidTag> })).toThrow(new TypeError(message))
  })
})

function failing(): never {
  return Promise.reject(new Error('late')) as never
}

describe("functions of one's own that are asynchronous", () => {
  it('are refused, and what they fail with later ends nothing', async () => {
    const unhandled: unknown[] = []
    const listen = (reason: unknown): void => void unhandled.push(reason)
    process.on('unhandledRejection', listen)
    const liquid = createLiquid({ filters: { f: failing }, tags: { t: { render: failing } } })
    for (const source of ['{{ 1 | f }}', '{% t %}'])
      expect(() => liquid.compile(source).render()).toThrow(TemplateError)
    expect(() => createLiquid({ escape: failing }).compile('{{ 1 }}').render()).toThrow(TemplateError)
    await new Promise((resolve) => setImmediate(resolve))
    process.off('unhandledRejection', listen)
    expect(unhandled).toEqual([])
  })
})
