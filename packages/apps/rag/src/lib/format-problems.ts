import { printable } from '@empire/ingest'
import type { Problem } from './answer.ts'
import { shownPath } from './shown-path.ts'

const mostLines = 20

/** A line for each item left out, up to 20 of a kind: one kind must not hide another. */
export function formatProblems(problems: readonly Problem[]): string[] {
  const groups = Map.groupBy(problems, ({ code }) => code)
  return [...groups].flatMap(([code, group]) => {
    const lines = group.slice(0, mostLines).map(formatProblem)
    const rest = group.length - lines.length
    return rest > 0 ? [...lines, `… and ${rest} more: ${code}. --json names them all.`] : lines
  })
}

/** A message mostly begins with the path. */
function formatProblem({ path, code, message }: Problem): string {
  const [named, shown] = [printable(path), printable(shownPath(path))]
  // The message names all that is read: too much for each of many files.
  if (code === 'unsupported_kind') return `${shown}: skipped, files of its kind are not read.`
  return message.startsWith(named) ? shown + message.slice(named.length) : message
}
