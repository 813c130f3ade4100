import { type Analyzer, createEnglishAnalyzer, createPlainAnalyzer } from '@empire/analyzer'
import { describeValue } from '@empire/errors'
import { suggest } from './check-options.ts'

const known: Readonly<Record<string, () => Analyzer>> = {
  english: createEnglishAnalyzer,
  plain: createPlainAnalyzer,
}

/** The analyzer of a name, or the one given. */
export function readAnalyzer(path: string, analyzer: unknown): Analyzer {
  if (typeof analyzer === 'string') {
    const create = Object.hasOwn(known, analyzer) ? known[analyzer] : undefined
    if (create !== undefined) return create()
    const names = Object.keys(known)
    throw new TypeError(
      `"${path}" must be ${names.map((name) => `"${name}"`).join(', ')} or an analyzer, such as loadAnalyzer("german") of "@empire/analyzer-languages" gives, got ${describeValue(analyzer)}.${suggest(analyzer, names)}`,
    )
  }
  if (isAnalyzer(analyzer)) return analyzer
  throw new TypeError(
    `"${path}" must be the name of an analyzer, or an object with "name", "tokens" and "term", got ${describeValue(analyzer)}.`,
  )
}

function isAnalyzer(value: unknown): value is Analyzer {
  if (typeof value !== 'object' || value === null) return false
  const { name, tokens, term } = value as Partial<Analyzer>
  return typeof name === 'string' && typeof tokens === 'function' && typeof term === 'function'
}
