import { describe, expect, it } from 'vitest'
import { readFrontMatter } from './front-matter.ts'

describe('readFrontMatter', () => {
  it.each([
    ['title: A title', 'A title'],
    ['layout: page\ntitle:   A title  # a comment', 'A title'],
    ['title: C# and F#', 'C# and F#'],
    [String.raw`title: "A \"title\" # here" # a comment`, 'A "title" # here'],
    ["title: 'It''s here'", "It's here"],
    ['"title": no plain key', undefined],
    ['title:', undefined],
    ['title: >-\n  folded', undefined],
    ['title: [a, b]', undefined],
    ['subtitle: x', undefined],
    ['nested:\n  title: x', undefined],
  ])('finds the title of %j: %j', (settings, title) => {
    const text = `---\n${settings}\n---\nbody`
    expect(readFrontMatter(text)).toEqual({ end: text.length - '\nbody'.length, title })
  })

  it('takes linear time for hostile settings', () => {
    for (const part of ['"', ' #', 'a', "''", '\\"']) {
      expect(readFrontMatter(`---\ntitle: "${part.repeat(1_000_000)}\n---`)).toBeDefined()
    }
  })

  it.each(['---\r\ntitle: x\r\n---\r\nbody', '--- \ntitle: x\n...\nbody', '+++\ntitle = "x"\n+++\nbody'])(
    'reads %j',
    (text) => {
      expect(readFrontMatter(text)?.title).toBe('x')
    },
  )

  it.each([
    'title: x',
    '\n---\ntitle: x\n---',
    '---\ntitle: x',
    '---\ntitle: x\n----',
    '---\nA rule, then text.\n---',
    '---\n\n---',
    '--- title: x\n---',
  ])('sees none in %j', (text) => {
    expect(readFrontMatter(text)).toBeUndefined()
  })
})
