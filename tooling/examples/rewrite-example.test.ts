import { describe, expect, it } from 'vitest'
import { rewriteExample } from './rewrite-example.ts'

describe('rewriteExample', () => {
  it('makes imports dynamic and leaves every line where it was', () => {
    const example = rewriteExample(
      [
        `import assert from 'node:assert'`,
        `import * as path from 'node:path'`,
        `import { type Stats, readFileSync as read, statSync } from 'node:fs'`,
        `import type { Server } from 'node:net'`,
        `import {`,
        `  inspect,`,
        `} from 'node:util'`,
        `import data from './data.json' with { type: 'json' }`,
        `import 'node:http'`,
        `export const a = 1`,
      ].join('\n'),
    )
    expect(example.imports).toBe(
      `const { default: assert } = await import('node:assert'); ` +
        `const path = await import('node:path'); ` +
        `const { readFileSync: read, statSync } = await import('node:fs'); ` +
        ` const { inspect } = await import('node:util'); ` +
        `const { default: data } = await import('./data.json', { with: { type: 'json' } }); ` +
        `await import('node:http');`,
    )
    expect(example.code).toBe(`${'\n'.repeat(9)} const a = 1`)
    expect(example.specifiers).toEqual([
      'node:assert',
      'node:path',
      'node:fs',
      'node:net',
      'node:util',
      './data.json',
      'node:http',
    ])
  })

  it('expects the comment behind a statement', () => {
    const example = rewriteExample(`if (ok) console.log(a, 'b') // { a: 1 } b\n// more words`)
    expect(example.code).toBe(`if (ok) $print[0](a, 'b') // { a: 1 } b\n// more words`)
    expect(example.expectations).toEqual([{ line: 0, text: '{ a: 1 } b' }])
  })

  it('expects the comment behind the statement that holds the call', () => {
    expect(rewriteExample(`list.forEach((x) => console.log(x)) // 1`).expectations).toEqual([{ line: 0, text: '1' }])
  })

  it('expects the comment lines below, with their indentation', () => {
    const example = rewriteExample(`{\n  console.log(a)\n  // {\n  //   b: 1\n  // }\n}\n\n// not this`)
    expect(example.expectations).toEqual([{ line: 1, text: '{\n  b: 1\n}' }])
  })

  it('expects nothing without a comment, or after an empty line', () => {
    expect(
      rewriteExample(`console.log(a)\n\n// words\nconsole.log(b); c()\n// words\nlog.log(c) // words`),
    ).toMatchObject({
      expectations: [],
      code: `console.log(a)\n\n// words\nconsole.log(b); c()\n// words\nlog.log(c) // words`,
    })
  })

  it('does not take text for code', () => {
    expect(rewriteExample('const a = `\nconsole.log(1) // 2\nimport b from "b"`').expectations).toEqual([])
  })
})
