import { parseArgs } from 'node:util'

export interface BenchCommand {
  action: 'run' | 'list' | 'help'
  /** Which benchmarks to run. */
  names: string[]
  /** A folder with data sets that are not part of the repository. */
  data: string | undefined
  /** Fewer and smaller samples: to see that it works, not to quote. */
  quick: boolean
}

export const usage = `Usage: pnpm bench [name…] [options]

Runs the named benchmarks, or all of them, each in a process of its own.

  --data <dir>  folder with data sets (cisi/…); what needs them is left out without it
  --quick       fewer and smaller samples
  --list        what there is
  --help        this text`

/**
 * What the command line asks for.
 *
 * @param known The names of all benchmarks.
 * @throws {Error} With a message for the user when an option or a name is unknown.
 */
export function parseArguments(args: string[], known: readonly string[]): BenchCommand {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      data: { type: 'string' },
      quick: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  const unknown = positionals.filter((name) => !known.includes(name))
  if (unknown.length > 0) {
    throw new Error(
      `No benchmark is named ${unknown.map((name) => `"${name}"`).join(', ')}. There are: ${known.join(', ')}.`,
    )
  }
  return {
    action: values.help ? 'help' : values.list ? 'list' : 'run',
    names: positionals.length > 0 ? [...new Set(positionals)] : [...known],
    data: values.data,
    quick: values.quick,
  }
}
