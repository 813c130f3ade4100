import type { Analyzer } from '@empire/analyzer'

/** Where the tokens of a text start and end: start, end, start, end. Analyzers that do not tell are followed through the text. */
export function locateTokens(analyzer: Analyzer, text: string): readonly number[] {
  if (analyzer.bounds !== undefined) return analyzer.bounds(text)
  const bounds: number[] = []
  let from = 0
  for (const token of analyzer.tokens(text)) {
    const start = text.indexOf(token, from)
    // Not as written: to look for the rest would read the text once per token.
    if (start === -1) break
    from = start + token.length
    bounds.push(start, from)
  }
  return bounds
}
