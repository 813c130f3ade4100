import type { Analyzer } from '@empire/analyzer'

/** The tokens of a text with where they start. Analyzers that do not tell are followed through the text. */
export function locateTokens(
  analyzer: Analyzer,
  text: string,
): readonly { readonly token: string; readonly start: number }[] {
  if (analyzer.locate !== undefined) return analyzer.locate(text)
  let from = 0
  const located: { token: string; start: number }[] = []
  for (const token of analyzer.tokens(text)) {
    const start = text.indexOf(token, from)
    // Not as written: to look for the rest would read the text once per token.
    if (start === -1) break
    from = start + token.length
    located.push({ token, start })
  }
  return located
}
