import { describe, expect, it } from 'vitest'
import { globFilter } from './glob-filter.ts'

describe('globFilter', () => {
  it.each([
    [[], 'any/thing', true],
    [['docs/**/*.md'], 'docs/a.md', true],
    [['docs/**/*.md'], 'docs/deep/.hidden/a.md', true],
    [['docs/**/*.md'], 'docs/a.txt', false],
    [['*.{md,txt}', '!draft*'], 'a.txt', true],
    [['*.{md,txt}', '!draft*'], 'draft.txt', false],
    [['!**/drafts/**'], 'a/b.md', true],
    [['!**/drafts/**'], 'a/drafts/b.md', false],
  ])('%j: %s → %s', (patterns, path, fits) => {
    expect(globFilter(patterns)(path)).toBe(fits)
  })

  it('refuses what are no globs', () => {
    expect(() => globFilter('*.md' as never)).toThrow(
      new TypeError('Expected globs to be an array of texts, got a string ("*.md").'),
    )
  })
})
