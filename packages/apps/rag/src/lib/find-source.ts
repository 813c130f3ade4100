import { printable } from '@empire/ingest'
import { readAddresses, schemeOf } from './source-address.ts'
import { UsageError } from './usage-error.ts'

/**
 * Which of the sources of an index file is meant: by its address as `rag status` shows it, as it was typed to `rag ingest`, or without the
 * query where the database or the API has but one.
 *
 * @throws UsageError when there is none, or several.
 */
export function findSource(word: string, known: readonly string[], index: string): string {
  const exact = known.find((address) => address === word)
  if (exact !== undefined) return exact
  const scheme = schemeOf(word)
  const behind = scheme === undefined ? [] : known.filter((address) => address.startsWith(`${word}#`))
  if (behind.length > 1) {
    throw new UsageError(
      `The index ${index} has ${behind.length} sources at ${printable(word)}. Name one as rag status shows it, in quotes.`,
    )
  }
  if (behind[0] !== undefined) return behind[0]
  const needsQuery = scheme?.startsWith('postgres') === true && !word.includes('#')
  const [typed] = needsQuery ? [] : readAddresses([word], {})
  const found = known.find((address) => address === typed?.address)
  if (found !== undefined) return found
  throw new UsageError(`The index ${index} has no source ${printable(word)}. rag status tells those that it has.`)
}
