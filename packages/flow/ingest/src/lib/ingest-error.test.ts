import { describe, expect, it } from 'vitest'
import { IngestError } from './ingest-error.ts'

describe('IngestError', () => {
  it('says what is wrong with which item', () => {
    const cause = new Error('EACCES')
    const error = new IngestError('unreadable', 'docs/a.md', 'cannot be read: permission denied.', { cause })
    expect(String(error)).toBe('IngestError: docs/a.md: cannot be read: permission denied.')
    expect(error).toMatchObject({
      code: 'unreadable',
      path: 'docs/a.md',
      details: { path: 'docs/a.md' },
      cause,
      skipped: false,
    })
  })

  it('has a message of one line that a terminal shows as it is, and the path as it came', () => {
    const path = 'a\n\r\t\u001b[31m\u0000\u0085\u202e\u2028\ud800é😀.md'
    const problem = new IngestError('empty', path, 'skipped, the file is empty.').toProblem()
    expect(problem).toEqual({
      path,
      code: 'empty',
      message: String.raw`a\n\r\t\u001b[31m\u0000\u0085\u202e\u2028\ud800é😀.md: skipped, the file is empty.`,
    })
  })

  it.each(['unsupported_kind', 'empty', 'not_a_file', 'symlink_loop'] as const)('counts %s as skipped', (code) => {
    expect(new IngestError(code, 'a', 'b').skipped).toBe(true)
  })
})
