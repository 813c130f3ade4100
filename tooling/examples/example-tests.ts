import { fileURLToPath } from 'node:url'
import { slashed } from '../workspace.ts'
import { readCodeBlocks } from './code-blocks.ts'
import type { ExpectedOutput } from './printer.ts'
import { rewriteExample } from './rewrite-example.ts'

const printer = slashed(fileURLToPath(new URL('./printer.ts', import.meta.url)))

/**
 * A test module with one test for each ```ts block of a Markdown text.
 *
 * Every line of code stays on its line, so that failures point into the text.
 */
export function exampleTests(markdown: string, fileName: string): string {
  const lines = markdown.split('\n').map(() => '')
  const blocks = readCodeBlocks(markdown).filter(({ language }) => language === 'ts')
  for (const { code, line, heading } of blocks) {
    const example = rewriteExample(code)
    const expected: ExpectedOutput[] = example.expectations.map((expectation) => ({
      place: `${fileName}:${line + 1 + expectation.line}`,
      text: expectation.text,
    }))
    const title = JSON.stringify(`${heading} (line ${line})`)
    lines[line - 1] =
      `$it(${title}, async () => { const { print: $print, verify: $verify } = $createPrinter(${JSON.stringify(expected)}); ` +
      `{ const console = { ...globalThis.console, log() {} }; ${example.imports}`
    const codeLines = example.code.split('\n')
    for (const [index, text] of codeLines.entries()) lines[line + index] = text
    const end = line + codeLines.length
    lines[end] = `} $verify() })`
  }
  if (blocks.length === 0) lines[0] = `$it.todo('has no examples')`
  lines[0] = `import { it as $it } from 'vitest'; import { createPrinter as $createPrinter } from ${JSON.stringify(printer)}; ${lines[0]}`
  return lines.join('\n')
}
