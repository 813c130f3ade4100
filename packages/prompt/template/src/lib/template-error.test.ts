import { describe, expect, it } from 'vitest'
import { TemplateError } from './template-error.ts'

const source = 'Dear all,\n\tHello {{ user.nmae }}\r\nBye'

describe('TemplateError', () => {
  it('shows the place and the line with a caret', () => {
    const at = { source, offset: source.indexOf('user') }
    const error = new TemplateError('template_render', 'It failed.', { engine: 'liquid', template: 'a.liquid', at })
    expect(error.message).toBe(
      [
        'It failed. (line 2, column 11, template "a.liquid", engine liquid)',
        '',
        '  \tHello {{ user.nmae }}',
        '  \t         ^',
      ].join('\n'),
    )
    expect(error).toMatchObject({ code: 'template_render', problem: 'It failed.', line: 2, column: 11 })
    expect(error.details).toEqual({ engine: 'liquid', template: 'a.liquid', line: 2, column: 11 })
  })

  it('says only what is known', () => {
    const error = new TemplateError('template_not_found', 'No template "x".', { details: { path: 'x' } })
    expect(error.message).toBe('No template "x".')
    expect(error.details).toEqual({ path: 'x' })
    expect(error.line).toBeUndefined()
  })

  it('keeps the cause', () => {
    const cause = new Error('inner')
    expect(new TemplateError('template_render', 'It failed.', { cause }).cause).toBe(cause)
  })
})
