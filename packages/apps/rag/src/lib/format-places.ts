import { printable } from '@empire/ingest'
import type { Answer } from './answer.ts'

/** A line for each place that an answer cites, and for each number that names none. */
export function formatPlaces({
  citations,
  unknownCitations,
}: Pick<Answer, 'citations' | 'unknownCitations'>): string[] {
  return [
    ...citations.map(
      ({ number, path, line, page }) =>
        `  [${number}] ${printable(path)}${page === undefined ? `:${line}` : `, page ${page}`}`,
    ),
    ...unknownCitations.map((number) => `  [${number}] names no passage`),
  ]
}
