import type { Analyzer } from './analyzer.ts'
import { createWordAnalyzer } from './word-analyzer.ts'

/** An analyzer for text of any language, names and code: `splitWords` and `foldWord`, every word as it stands. */
export function createPlainAnalyzer(): Analyzer {
  return createWordAnalyzer({ name: 'plain', stopWords: [], stem: (word) => word })
}
