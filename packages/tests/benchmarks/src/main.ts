import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { benchNames, loadBench } from './bench-file.ts'
import { type BenchCommand, parseArguments, usage } from './parse-arguments.ts'

const command = readCommand(process.argv.slice(2))
if (command === undefined) process.exitCode = 2
else if (command.action === 'help') console.log(usage)
else if (command.action === 'list') await list(command.names)
else await runAll(command)

function readCommand(args: string[]): BenchCommand | undefined {
  try {
    return parseArguments(args, benchNames())
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return undefined
  }
}

async function list(names: string[]): Promise<void> {
  const width = Math.max(...names.map((name) => name.length))
  for (const name of names) console.log(`${name.padEnd(width)}  ${(await loadBench(name)).description}`)
}

async function runAll({ names, data, quick }: BenchCommand): Promise<void> {
  const processors = cpus()
  console.log(`${processors.length} × ${processors[0]?.model.trim() ?? 'unknown processor'}, Node ${process.version}\n`)
  const options = [...(data === undefined ? [] : ['--data', data]), ...(quick ? ['--quick'] : [])]
  for (const name of names) {
    const script = join(import.meta.dirname, 'run-bench.ts')
    const child = spawn(process.execPath, ['--expose-gc', script, name, ...options], { stdio: 'inherit' })
    const [code] = (await once(child, 'exit')) as [number | null]
    if (code === 0) continue
    console.error(`The benchmark "${name}" failed.`)
    process.exitCode = 1
  }
}
