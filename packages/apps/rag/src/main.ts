#!/usr/bin/env node
import { runCommand } from './lib/run-command.ts'

const stop = new AbortController()
for (const [name, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.once(name, () => stop.abort(code))
}

// Whoever reads the answer may have enough of it: `rag … | head -1`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

const { argv, stdout, stderr } = process
try {
  process.exitCode = await runCommand({ words: argv.slice(2), stdout, stderr, signal: stop.signal })
} catch (error) {
  if (stop.signal.aborted) process.exit(stop.signal.reason)
  stderr.write(`rag: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 70
}
