import { describe, expect, it } from 'vitest'
import { dropPackage } from './drop-package.ts'

describe('dropPackage', () => {
  it('takes the package out of the front matter, and leaves the words', () => {
    expect(
      dropPackage(
        `---\n'@empire/a': minor\n"@empire/b": major\n---\n\nb is gone.\n\n---\n'@empire/b': major\n`,
        '@empire/b',
      ),
    ).toBe(`---\n'@empire/a': minor\n---\n\nb is gone.\n\n---\n'@empire/b': major\n`)
  })

  it('changes nothing where the package is not named', () => {
    const changeset = `---\n'@empire/bus': minor\n---\n\n@empire/b\n`
    expect(dropPackage(changeset, '@empire/b')).toBe(changeset)
  })
})
