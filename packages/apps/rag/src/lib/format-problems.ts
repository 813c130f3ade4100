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
function formatProblem({ path, message }: Problem): string {
  const named = printable(path)
  return message.startsWith(named) ? printable(shownPath(path)) + message.slice(named.length) : message
}
