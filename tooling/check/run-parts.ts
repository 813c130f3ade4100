import { runCommand } from '../run-command.ts'

export interface CheckPart {
  readonly name: string
  readonly description: string
  /** A script and its arguments, run by Node. */
  readonly command: readonly [script: string, ...args: string[]]
  /** A part that has to pass before this one can run. */
  readonly needs?: string
}

export interface PartResult {
  readonly name: string
  readonly status: 'passed' | 'failed' | 'not run'
  readonly milliseconds: number
  readonly output: string
}

export interface RunPartsOptions {
  readonly cwd: string
  /** How many parts run at the same time. */
  readonly limit: number
  readonly onEnd?: ((result: PartResult) => void) | undefined
}

/** Runs all parts, also when one fails; a part whose need failed is `not run`. The results keep the order of the parts. */
export async function runParts(parts: readonly CheckPart[], options: RunPartsOptions): Promise<PartResult[]> {
  const waiting = [...parts]
  const results = new Map<string, PartResult>()

  const finish = (result: PartResult): void => {
    results.set(result.name, result)
    options.onEnd?.(result)
  }
  const ended = Promise.withResolvers<void>()
  let running = 0
  const startNext = (): void => {
    if (waiting.length === 0 && running === 0) return ended.resolve()
    while (running < options.limit) {
      const index = waiting.findIndex(({ needs }) => needs === undefined || results.has(needs))
      const [part] = index === -1 ? [] : waiting.splice(index, 1)
      if (part === undefined) break
      running += 1
      runPart(part, results, options.cwd).then((result) => {
        running -= 1
        finish(result)
        startNext()
      }, ended.reject)
    }
    if (running === 0 && waiting.length > 0) {
      ended.reject(new Error(`Nothing left to run, but these parts wait for each other: ${names(waiting)}.`))
    }
  }
  startNext()
  await ended.promise
  return parts.flatMap(({ name }) => results.get(name) ?? [])
}

/** The parts named, in their usual order, with the parts that they need. */
export function selectParts(parts: readonly CheckPart[], wanted: readonly string[]): CheckPart[] {
  const unknown = wanted.filter((name) => !parts.some((part) => part.name === name))
  if (unknown.length > 0) {
    throw new TypeError(`There is no part "${unknown.join('", "')}". There are: ${names(parts)}.`)
  }
  if (wanted.length === 0) return [...parts]
  const chosen = new Set(wanted)
  for (const part of parts.toReversed()) if (chosen.has(part.name) && part.needs !== undefined) chosen.add(part.needs)
  return parts.filter(({ name }) => chosen.has(name))
}

async function runPart(part: CheckPart, results: ReadonlyMap<string, PartResult>, cwd: string): Promise<PartResult> {
  const { name, needs } = part
  if (needs !== undefined && results.get(needs)?.status !== 'passed') {
    return { name, status: 'not run', milliseconds: 0, output: `It needs "${needs}", which did not pass.\n` }
  }
  const { exitCode, output, milliseconds } = await runCommand(process.execPath, part.command, { cwd })
  return { name, status: exitCode === 0 ? 'passed' : 'failed', milliseconds, output }
}

function names(parts: readonly CheckPart[]): string {
  return parts.map(({ name }) => name).join(', ')
}
