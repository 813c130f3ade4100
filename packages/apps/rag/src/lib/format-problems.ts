import type { Problem } from './answer.ts'

const mostLines = 20

/** A line for each item left out, up to 20 of a kind: one kind must not hide another. */
export function formatProblems(problems: readonly Problem[]): string[] {
  const groups = Map.groupBy(problems, ({ code }) => code)
  return [...groups].flatMap(([code, group]) => {
    const lines = group.slice(0, mostLines).map(({ message }) => message)
    const rest = group.length - lines.length
    return rest > 0 ? [...lines, `… and ${rest} more: ${code}. --json names them all.`] : lines
  })
}
