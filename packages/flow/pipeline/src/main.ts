#!/usr/bin/env node
import { runCommand } from './lib/command/run-command.ts'

// Whoever reads may have enough of it: `pipeline explain … | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

process.exitCode = await runCommand(process.argv.slice(2), process)
