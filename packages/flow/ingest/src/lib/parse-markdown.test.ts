import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseMarkdown as parse } from './parse-markdown.ts'

const parseMarkdown = (text: string) => parse({ text, anchors: [{ offset: 0, line: 1, byte: 0 }] })

/** One line for each block: its kind, or `h` and its level, and its text (the title, for a heading). */
function outline(source: string): string[] {
  const { text, blocks } = parseMarkdown(source)
  return blocks.map((block) =>
    block.kind === 'heading'
      ? `h${block.level} ${block.title}`
      : `${block.kind} ${text.slice(block.start, block.end).replaceAll('\n', '⏎')}`,
  )
}

describe('parseMarkdown', () => {
  describe('headings', () => {
    it.each([
      ['# One', 'h1 One'],
      ['###### Six ######', 'h6 Six'],
      ['   ## Indented', 'h2 Indented'],
      ['#\tTab', 'h1 Tab'],
      ['# C#', 'h1 C#'],
      ['# C #', 'h1 C'],
      ['#', 'h1 '],
      ['## ##', 'h2 '],
      ['Title\n=====', 'h1 Title'],
      ['Two\nlines\n--', 'h2 Two lines'],
      ['# CRLF\r', 'h1 CRLF'],
      ['# Permalink¶', 'h1 Permalink'],
    ])('%j is a heading', (source, heading) => {
      expect(outline(source)).toEqual([heading])
    })

    it.each([
      '#hashtag',
      '####### seven',
      '    # indented code',
      '\t# indented code',
      String.raw`\# escaped`,
      '- item\n---',
      '> quote\n---',
      '1. item\n===',
      'text\n= =',
      '---',
      '===',
    ])('%j is none', (source) => {
      expect(parseMarkdown(source).blocks.map((block) => block.kind)).toEqual(['text'])
    })

    it('ends the paragraph before it', () => {
      expect(outline('text\n# Heading\nmore')).toEqual(['text text', 'h1 Heading', 'text more'])
    })

    it('cuts a title at 200 characters, between characters', () => {
      const [block] = parseMarkdown(`# ${'x'.repeat(198)}😀😀`).blocks
      expect(block).toMatchObject({ title: `${'x'.repeat(198)}…` })
    })
  })

  describe('fenced code', () => {
    it.each([
      ['backticks', '```sh\n# comment\n\n# more\n```'],
      ['tildes', '~~~\n# comment\n~~~'],
      ['the other fence inside', '~~~\n```\n# comment\n~~~'],
      ['a shorter fence inside', '````\n```\n# comment\n```\n````'],
      ['a longer end', '```\n# comment\n`````'],
      ['an indent', '   ```\n   # comment\n   ```'],
      ['text after what looks like its end', '```\n``` no\n# comment\n```'],
      ['an end indented as code', '```\n    ```\n# comment\n```'],
      ['CRLF', '```\r\n# comment\r\n```'],
      ['no end', '```\n# comment\n\n# more'],
    ])('with %s is one block without headings', (_what, source) => {
      expect(parseMarkdown(source).blocks).toEqual([{ kind: 'code', start: 0, end: source.length }])
    })

    it('starts inside a list item, or as the first thing of it', () => {
      expect(outline('1. one\n\n   ```\n   # comment\n   ```\n\n- ```\n  # comment\n  ```\n\n# End')).toEqual([
        'text 1. one',
        'code    ```⏎   # comment⏎   ```',
        'code - ```⏎  # comment⏎  ```',
        'h1 End',
      ])
    })

    it('is not started by a code span', () => {
      expect(outline('```a```\n# Heading')).toEqual(['text ```a```', 'h1 Heading'])
    })

    it('ends a paragraph', () => {
      expect(outline('text\n```\ncode\n```\nmore')).toEqual(['text text', 'code ```⏎code⏎```', 'text more'])
    })
  })

  describe('HTML', () => {
    it.each([
      '<!-- # a\n# b\n\n# c -->',
      '<!--\n# a',
      '<pre>\n# a\n\n# b\n</pre>',
      '<script>\n\n# a\n</script>',
      '<div>\n# a\n</div>',
    ])('%j has no headings', (source) => {
      expect(parseMarkdown(source).blocks.map((block) => block.kind)).not.toContain('heading')
    })

    it('ends with the comment, or with a blank line', () => {
      expect(outline('<!-- a -->\n# One\n\n<div>\n\n# Two\n\n<pre>a</pre>\n\n# Three')).toEqual([
        'text <!-- a -->',
        'h1 One',
        'text <div>',
        'h1 Two',
        'text <pre>a</pre>',
        'h1 Three',
      ])
    })

    it('does not take a link for a tag', () => {
      expect(outline('<https://example.org>\n# Heading')).toEqual(['text <https://example.org>', 'h1 Heading'])
    })
  })

  it('knows tables', () => {
    expect(outline('| a | b |\n|---|:-:|\n| 1 | 2 |\n\na | b\n- | -\n\nno | table')).toEqual([
      'table | a | b |⏎|---|:-:|⏎| 1 | 2 |',
      'table a | b⏎- | -',
      'text no | table',
    ])
  })

  describe('title', () => {
    it.each([
      ['---\ntitle: From settings\n---\n# Heading', 'From settings'],
      ['text\n\n## Two\n\n# One', 'One'],
      ['## Two\n\n### Three', 'Two'],
      ['#\n\n# One', 'One'],
      ['text', undefined],
    ])('of %j is %j', (source, title) => {
      expect(parseMarkdown(source).title).toBe(title)
    })
  })

  it('leaves out front matter, which may hold what looks like headings', () => {
    expect(outline('---\n# comment\ntitle: x\n---\n# Heading')).toEqual(['h1 Heading'])
  })

  it('covers every line that is not blank, in order', () => {
    const line = fc.constantFrom(
      '# h',
      'text',
      '',
      ' ',
      '```',
      '~~~',
      '===',
      '---',
      '- item',
      '<!--',
      '-->',
      '<pre>',
      '</pre>',
      '<div>',
      '|-|',
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), fc.constantFrom('\n', '\r\n'), (lines, end) => {
        const source = lines.join(end)
        let covered = 0
        for (const block of parseMarkdown(source).blocks) {
          expect(source.slice(covered, block.start).trim()).toBe('')
          expect(block.end).toBeGreaterThan(block.start)
          covered = block.end
        }
        expect(source.slice(covered).trim()).toBe('')
      }),
    )
  })

  it('takes linear time for hostile text', () => {
    for (const part of [
      '#',
      '# ',
      '# a #\n',
      '<!--\n',
      '```\n~~~\n',
      '|-|\n',
      '-|\n',
      '- ',
      '1. ',
      '<pre>\n',
      '\n    ',
    ]) {
      expect(parseMarkdown(`x\n${part.repeat(50_000)}`).blocks.length).toBeGreaterThan(0)
    }
  })
})
