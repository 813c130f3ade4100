import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ContentBlock } from './document.ts'
import { parseCode } from './parse-code.ts'

const blocksOf = (text: string): string[] => parseCode(text).map(({ start, end }) => text.slice(start, end))

const method = (name: string): string => `  ${name}() {\n${'    call()\n'.repeat(60)}  }`

describe('parseCode', () => {
  it.each([
    [
      'TypeScript',
      [
        "import a from 'a'\nimport b from 'b'",
        '/** Adds. */\n// really\nexport function add(\n  a: number,\n): number {\n  return a\n\n}',
        'const x = 1',
        'try {\n  a()\n} catch {\n  b()\n}',
        'class A {\n}',
      ],
    ],
    [
      'Python',
      [
        'import os',
        '@cached\n# why\ndef a():\n    """Doc.\n\n    More."""\n    return 1',
        'if x:\n    a()\nelif y:\n    b()\nelse:\n    c()',
        'class B:\n    pass',
      ],
    ],
    ['C', ['#include <a.h>\n#include <b.h>', 'int\nmain(void)\n{\n\treturn 0;\n}', 'static int x;']],
    ['Ruby', ['def a\n  1\nrescue\n  2\nend', 'module B\n  C = 1\nend']],
    ['Go', ['package main', 'func A() {\n\tb()\n}', 'func C() {}']],
    ['SQL', ['SELECT a\nFROM b;', 'SELECT c;']],
    ['YAML', ['a: 1\nb:\n  - c\n  - d', 'e: 2']],
  ])('tells the units of %s apart', (_language, units) => {
    expect(blocksOf(units.join('\n\n'))).toEqual(units)
  })

  it('tells units apart that no blank line parts', () => {
    expect(blocksOf('def a():\n  1\ndef b():\n  2\n')).toEqual(['def a():\n  1', 'def b():\n  2'])
    expect(blocksOf('function a() {\n  1\n}\n// B.\nfunction b() {\n  2\n}')).toEqual([
      'function a() {\n  1\n}',
      '// B.\nfunction b() {\n  2\n}',
    ])
  })

  it('takes a large unit apart, the first part with its head and the last with its end', () => {
    const text = `a()\n\nclass A {\n  x = 1\n\n${method('b')}\n\n${method('c')}\n}\n\nd()`
    const blocks = parseCode(text) as ContentBlock[]
    expect(blocks.map(({ depth, start, end }) => [depth, text.slice(start, end).split('\n')[0]])).toEqual([
      [undefined, 'a()'],
      [undefined, 'class A {'],
      [1, '  b() {'],
      [1, '  c() {'],
      [undefined, 'd()'],
    ])
    expect(text.slice(blocks[3]!.start, blocks[3]!.end)).toBe(`${method('c')}\n}`)
  })

  it('holds every line of any text, in order', () => {
    const line = fc.constantFrom(
      '',
      'a',
      '  b',
      '    c',
      '\td',
      '}',
      '  }',
      'else',
      '// e',
      '@f',
      `  ${'x'.repeat(400)}`,
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 60 }), (lines) => {
        const text = lines.join('\n')
        let end = 0
        for (const block of parseCode(text)) {
          expect(text.slice(end, block.start).trim()).toBe('')
          expect(block.end).toBeGreaterThan(block.start)
          end = block.end
        }
        expect(text.slice(end).trim()).toBe('')
      }),
    )
  })

  it('takes linear time for hostile texts', () => {
    for (const part of ['a\n', ' \n', '}\n', '  {\n', '@\n', 'x'])
      expect(parseCode(`x\n${part.repeat(200_000)}`).length).toBeGreaterThan(0)
    const stairs = Array.from({ length: 2000 }, (_, depth) => `${' '.repeat(depth)}a`).join('\n')
    expect(parseCode(stairs).length).toBeGreaterThan(0)
  })
})
