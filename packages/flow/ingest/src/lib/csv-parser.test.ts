import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvParser, type CsvParserOptions } from './csv-parser.ts'
import type { DocumentPart } from './document.ts'
import { lineAt } from './line-at.ts'

async function parse(text: string, options?: CsvParserOptions, mediaType = 'text/csv'): Promise<DocumentPart[]> {
  const parts: DocumentPart[] = []
  const content = { mediaType, bytes: Buffer.from(text) }
  for await (const part of csvParser(options).parse({ id: 'a', path: 'a.csv' }, content)) parts.push(part)
  return parts
}

async function rowsOf(text: string, options?: CsvParserOptions, mediaType?: string): Promise<string[]> {
  const parts = await parse(text, options, mediaType)
  return parts.flatMap((part) => part.blocks.map(({ start, end }) => part.text.slice(start, end)))
}

const quoted = (value: string): string => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)

async function* brokenOff(end: () => void): AsyncGenerator<Uint8Array, void, undefined> {
  yield Buffer.from('a,b\n')
  for (let row = 0; row < 2000; row++) yield Buffer.from(`${row},"${'x'.repeat(1000)}"\n`)
  end()
  yield Buffer.from('1,2\n')
}

async function* endless(): AsyncGenerator<Uint8Array, void, undefined> {
  yield Buffer.from('a,b\n1,2\n3,"')
  for (;;) yield Buffer.alloc(1024 * 1024, 'x\n')
}

describe('csvParser', () => {
  it('makes a block of each row, with the names of its columns', async () => {
    const text = 'name,age,note\nAda,36,"likes, ""math""\nand more"\nBob,,\n'
    expect(await rowsOf(text)).toEqual(['name: Ada\nage: 36\nnote: likes, "math"\nand more', 'name: Bob'])
  })

  it.each([
    ['semicolons', 'a;b\n1,5;2', undefined, ['a: 1,5\nb: 2']],
    ['tabs', 'a\tb\n1,5\t2', 'text/tab-separated-values', ['a: 1,5\nb: 2']],
    ['commas inside quotes', '"a,b,c";d\n1;2', undefined, ['a,b,c: 1\nd: 2']],
    ['lines that end in different ways', 'a,b\r\n1,2\n3,4\r5,6', undefined, ['a: 1\nb: 2', 'a: 3\nb: 4', 'a: 5\nb: 6']],
    ['a byte order mark', '\ufeffa,b\n1,2', undefined, ['a: 1\nb: 2']],
    ['empty lines', '\n\na,b\n\n1,2\n\n', undefined, ['a: 1\nb: 2']],
    ['rows of other lengths', 'a,b\n1\n1,2,3', undefined, ['a: 1', 'a: 1\nb: 2\ncolumn 3: 3']],
    [
      'columns without a name, or with a strange one',
      '__proto__,,a\n1,2,3',
      undefined,
      ['__proto__: 1\ncolumn 2: 2\na: 3'],
    ],
    ['quotes where none are due', 'a,b\n5" pipe,x"y"', undefined, ['a: 5" pipe\nb: x"y"']],
    ['names alone', 'a,b\n', undefined, ['a\nb']],
  ])('reads %s', async (_what, text, mediaType, rows) => {
    expect(await rowsOf(text, {}, mediaType)).toEqual(rows)
  })

  it('takes the names from elsewhere, or does without', async () => {
    expect(await rowsOf('1,2', { header: ['x', 'y'] })).toEqual(['x: 1\ny: 2'])
    expect(await rowsOf('1,2', { header: false })).toEqual(['column 1: 1\ncolumn 2: 2'])
    expect(await rowsOf('a|b,c\n1|2', { delimiter: '|' })).toEqual(['a: 1\nb,c: 2'])
  })

  it('says in which row a quote is not closed', async () => {
    await expect(parse('a,b\r\n"1\r\n2",x\r\n3,"open')).rejects.toThrow(
      'a.csv: a quote in the row that starts at line 4 is not closed. Close it, or double it if it is part of the text.',
    )
  })

  it('knows the line and the bytes of each cell', async () => {
    const cell = fc.oneof(fc.constantFrom('', 'é', '"', ',', '\n', 'a\r\nb', 'x"y', ' '), fc.string({ maxLength: 5 }))
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 }), async (cells) => {
        const rows = cells.map(([one, two], index) => [`r${index}s`, one, two, `r${index}e`].map(quoted).join(','))
        const text = `a,b,c,d\n${rows.join('\n\n')}\n`
        const [part] = await parse(text, { delimiter: ',' })
        for (const index of cells.keys()) {
          for (const word of [`r${index}s`, `r${index}e`]) {
            const line = lineAt(part!, part!.text.indexOf(word))
            expect(line).toBe(text.slice(0, text.indexOf(word)).split('\n').length)
          }
        }
      }),
    )
  })

  it('refuses options that it does not know', () => {
    // @ts-expect-error -- misspelt
    expect(() => csvParser({ delimeter: ';' })).toThrow(
      new TypeError('"options" has no key "delimeter". Did you mean "delimiter"?'),
    )
    expect(() => csvParser({ delimiter: '"' })).toThrow(
      new TypeError('Expected "delimiter" to be a text without quotes and line breaks, got a string ("\\"").'),
    )
    // @ts-expect-error -- no header
    expect(() => csvParser({ header: 'a' })).toThrow(
      new TypeError('Expected "header" to be a boolean or a list of names, got a string ("a").'),
    )
    // @ts-expect-error -- no names
    expect(() => csvParser({ header: ['a', 5] })).toThrow(
      new TypeError('Expected "header" to be a boolean or a list of names, got an array.'),
    )
  })

  it('streams tables that are larger than a part', async () => {
    const parts = await parse(
      `n,text\n${Array.from({ length: 4000 }, (_, n) => `${n},"${'x'.repeat(90)}"\n`).join('')}`,
    )
    expect(parts.length).toBeGreaterThan(2)
    expect(parts.flatMap(({ blocks }) => blocks)).toHaveLength(4000)
    for (const part of parts) expect(lineAt(part, 0)).toBe(Number(/^n: (\d+)/.exec(part.text)![1]) + 2)
  })

  it('reads rows that are larger than what is read at once, in any encoding, with the places of those behind', async () => {
    const long = `${'né\n'.repeat(20_000)}end`
    const text = `a,b\n1,"${long}"\n2,é\n`
    const bytes = Buffer.from(text, 'latin1')
    const parts: DocumentPart[] = []
    for await (const part of csvParser().parse(
      { id: 'a', path: 'a' },
      { mediaType: 'text/csv; charset=latin1', bytes },
    ))
      parts.push(part)
    expect(parts.map((part) => part.text).join('\n\n')).toBe(`a: 1\nb: ${long}\n\na: 2\nb: é`)
    const last = parts.at(-1)!
    expect(last.encoding).toBe('windows-1252')
    expect(lineAt(last, last.text.lastIndexOf('a: 2'))).toBe(20_003)
    expect(last.anchors.at(-1)!.byte).toBe(bytes.length - 2)
  })

  it('gives up on a quote that is not closed after 16 million characters', async () => {
    const parts = csvParser().parse({ id: 'a', path: 'a.csv' }, { mediaType: 'text/csv', bytes: endless() })
    const read = async () => {
      for await (const part of parts) expect(part.text).toBe('a: 1\nb: 2')
    }
    await expect(read()).rejects.toThrow(
      'a.csv: more than 16777216 characters in the row that starts at line 3: a quote that is not closed?',
    )
  })

  it('lets an error of the bytes pass, and hears an abort, far into a table', async () => {
    const failure = new Error('the connection broke')
    const controller = new AbortController()
    async function read(end: () => void): Promise<number> {
      const content = { mediaType: 'text/csv', bytes: brokenOff(end) }
      let parts = 0
      for await (const part of csvParser().parse({ id: 'a', path: 'a' }, content, { signal: controller.signal })) {
        parts += part.blocks.length > 0 ? 1 : 0
      }
      return parts
    }
    await expect(
      read(() => {
        throw failure
      }),
    ).rejects.toBe(failure)
    await expect(read(() => controller.abort(failure))).rejects.toBe(failure)
  })
})
