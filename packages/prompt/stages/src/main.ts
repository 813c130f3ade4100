#!/usr/bin/env node
import { runCommand } from './lib/run-command.ts'

process.exitCode = runCommand(process.argv.slice(2), process)
