import { describe, expect, it } from 'vitest'
import { readTemplateSource } from './read-template-source.ts'
import { TemplateError } from './template-error.ts'

const read = (path: string): string => {
  if (path === 'a.liquid') return 'text of a'
  throw new TemplateError('template_not_found', 'No such template.', { details: { path } })
}

describe('readTemplateSource', () => {
  it('gives the text, and the path of a file', () => {
    expect(readTemplateSource('text', 'liquid', read)).toEqual({ text: 'text' })
    expect(readTemplateSource({ inline: 'text' }, 'liquid', read)).toEqual({ text: 'text' })
    expect(readTemplateSource({ file: 'a.liquid' }, 'liquid', read)).toEqual({ text: 'text of a', path: 'a.liquid' })
  })

  it('names the engine where there is no file, or no module', () => {
    expect(() => readTemplateSource({ file: 'b' }, 'liquid', read)).toThrow(
      expect.objectContaining({
        code: 'template_not_found',
        message: 'No such template. (engine liquid)',
        details: { path: 'b', engine: 'liquid' },
      }),
    )
    expect(() => readTemplateSource({ module: 'b' }, 'liquid', read)).toThrow(
      expect.objectContaining({
        code: 'template_not_found',
        message: 'No module "b": the engine "liquid" has texts and files only. (engine liquid)',
        details: { module: 'b', engine: 'liquid' },
      }),
    )
  })

  it('passes on what is no error of templates, and refuses what is no source', () => {
    const gone = new Error('Disk gone')
    const fail = (): never => {
      throw gone
    }
    expect(() => readTemplateSource({ file: 'a' }, 'liquid', fail)).toThrow(gone)
    expect(() => readTemplateSource(3 as unknown as string, 'liquid', read)).toThrow(TypeError)
  })
})
