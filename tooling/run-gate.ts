import { parseArgs } from 'node:util'

/**
 * Runs a check that takes no arguments but `--help` and the switches named in `switches`. Exit codes: 0 when `gate` gives
 * true, 1 when it does not, 2 for wrong usage.
 */
export async function runGate<Switch extends string = never>(
  help: string,
  gate: (set: Readonly<Record<Switch, boolean>>) => Promise<boolean> | boolean,
  switches: readonly Switch[] = [],
): Promise<void> {
  let set: Partial<Record<string, boolean>>
  try {
    set = readSwitches(switches)
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    console.error(`${error.message}\n\n${help}`)
    process.exitCode = 2
    return
  }
  if (set['help']) console.log(help)
  else process.exitCode = (await gate(set as Record<Switch, boolean>)) ? 0 : 1
}

function readSwitches(switches: readonly string[]): Partial<Record<string, boolean>> {
  const options = Object.fromEntries(switches.map((name) => [name, { type: 'boolean', default: false } as const]))
  return parseArgs({ options: { ...options, help: { type: 'boolean', short: 'h' } } }).values as Partial<
    Record<string, boolean>
  >
}
