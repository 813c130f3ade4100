import { printable } from '@empire/ingest'
import { commandOptions } from './command-options.ts'
import { exitCodes } from './exit-codes.ts'
import { formatCount } from './format-count.ts'
import { openIndexFile } from './index-file.ts'
import { indexPath } from './index-path.ts'
import { type IndexStatus, indexStatus } from './index-status.ts'
import { readWords } from './read-words.ts'
import { refuseWords } from './refuse-words.ts'
import type { Terminal } from './terminal.ts'

/** `rag status`: what is in an index file. */
export async function runStatus(words: readonly string[], { stdout, signal }: Terminal): Promise<number> {
  const { values, positionals } = readWords(words, commandOptions)
  refuseWords('rag status', positionals)
  await using file = await openIndexFile(await indexPath(values.get('index'), signal))
  const status = await indexStatus(file)
  stdout.write(values.has('json') ? `${JSON.stringify(status, undefined, 2)}\n` : formatStatus(status))
  return exitCodes.answered
}

function formatStatus({
  sources,
  embedder,
  documents,
  pending,
  chunks,
  deadLetters,
  outdated,
  errorClasses,
}: IndexStatus): string {
  const classes = Object.entries(errorClasses).map(([name, count]) => `${formatCount(count)} ${printable(name)}`)
  return [
    `Documents     ${formatCount(documents)}`,
    `Chunks        ${formatCount(chunks)}`,
    ...(pending === 0 ? [] : [`Pending       ${formatCount(pending)}: rag ingest completes them`]),
    ...(embedder === null ? [] : [`Vectors       ${printable(embedder)}`]),
    ...(outdated === 0 ? [] : [`Outdated      ${formatCount(outdated)}: they failed since, see rag dead-letters`]),
    `Dead letters  ${formatCount(deadLetters)}${classes.length === 0 ? '' : `: ${classes.join(', ')}`}`,
    `Sources       ${sources.length === 0 ? 'none' : sources.map(printable).join('\n              ')}`,
    '',
  ].join('\n')
}
