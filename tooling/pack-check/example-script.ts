import { fileURLToPath } from 'node:url'
import { transformWithOxc } from 'vite'
import type { CodeBlock } from '../examples/code-blocks.ts'
import type { ExpectedOutput } from '../examples/printer.ts'
import { rewriteExample } from '../examples/rewrite-example.ts'

export const printerSource: string = fileURLToPath(new URL('../examples/printer.ts', import.meta.url))

/** A script for plain Node that runs an example and checks what it prints; it needs `printer.mjs` beside it. */
export async function exampleScript({ code, line }: CodeBlock): Promise<string> {
  const example = rewriteExample(code)
  const expected: ExpectedOutput[] = example.expectations.map((expectation) => ({
    place: `README.md:${line + 1 + expectation.line}`,
    text: expectation.text,
  }))
  const script = [
    `import { createPrinter as $createPrinter } from './printer.mjs'`,
    `const { print: $print, verify: $verify } = $createPrinter(${JSON.stringify(expected)});`,
    `{ const console = { ...globalThis.console, log() {} }; ${example.imports}`,
    example.code,
    `} $verify()`,
  ]
  return (await transformWithOxc(script.join('\n'), 'example.ts')).code
}

/** The printer, for Node versions that do not strip types. */
export async function printerScript(source: string): Promise<string> {
  return (await transformWithOxc(source, 'printer.ts')).code
}
