import { UsageError } from './usage-error.ts'

/** @throws UsageError naming the first word that a command has no use for. */
export function refuseWords(command: string, words: readonly string[]): void {
  if (words.length > 0) throw new UsageError(`${command} takes no "${words[0]}". See ${command} --help.`)
}
