import { parseArgs } from 'node:util'

/** Runs a check that takes no arguments but `--help`. Exit codes: 0 when `gate` gives true, 1 when it does not, 2 for wrong usage. */
export async function runGate(help: string, gate: () => Promise<boolean> | boolean): Promise<void> {
  let wantsHelp: boolean | undefined
  try {
    wantsHelp = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } }).values.help
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    console.error(`${error.message}\n\n${help}`)
    process.exitCode = 2
    return
  }
  if (wantsHelp) console.log(help)
  else process.exitCode = (await gate()) ? 0 : 1
}
