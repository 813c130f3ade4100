#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
import type { Interface } from 'node:readline'

// Before anything else is loaded: a second run takes half the time.
enableCompileCache()
const { runCommand } = await import('./lib/run-command.ts')

const { argv, stdin, stdout, stderr } = process
const stop = new AbortController()
for (const [name, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.once(name, () => stop.abort(code))
}

// Whoever reads the answer may have enough of it: `rag … | head -1`. Nobody may read the progress.
let writeError: NodeJS.ErrnoException | undefined
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') writeError = error
})
stderr.on('error', () => {})

// Set last: the answer may turn out not to be written only after it was handed over.
let exitCode = 70
process.on('exit', () => {
  process.exitCode = writeError === undefined ? exitCode : 70
  if (writeError !== undefined) stderr.write(`rag: the answer cannot be written: ${writeError.message}\n`)
})

/** Without a person at it, nothing but the answers is written. */
async function openLines(): Promise<Interface> {
  const { createInterface } = await import('node:readline')
  const output = stdin.isTTY && stdout.isTTY ? { output: stdout, prompt: '> ' } : { prompt: '' }
  return createInterface({ input: stdin, ...output })
}

/** Only for a person. */
async function openPage(path: string): Promise<boolean> {
  return stdout.isTTY && (await import('./lib/open-page.ts')).openPage(path)
}

try {
  exitCode = await runCommand({ words: argv.slice(2), stdout, stderr, openLines, openPage, signal: stop.signal })
} catch (error) {
  if (stop.signal.aborted) process.exit((exitCode = stop.signal.reason))
  stderr.write(`rag: ${error instanceof Error ? error.message : String(error)}\n`)
}
