const boundary = /[.!?]{1,8}["'”’)\]*_`]{0,8}(?=\s|$)|[。！？｡][」』”’）]{0,8}/gu
const abbreviation = /(?:^|[\s("'])(?:e\.g|i\.e|etc|vs|cf|approx|Mr|Mrs|Ms|Dr|Prof|St|No|Fig|resp|incl|\p{Lu})\.$/u
const opener = /^\s*["'“‘([*_`{<]*[\p{Lu}\p{Lo}\p{N}`]/u

/** The sentences of a paragraph, in order, trimmed. */
export function splitSentences(paragraph: string): string[] {
  const sentences: string[] = []
  let start = 0
  for (const match of paragraph.matchAll(boundary)) {
    const end = match.index + match[0].length
    if (!endsSentence(paragraph, start, match.index, end)) continue
    sentences.push(paragraph.slice(start, end).trim())
    start = end
  }
  sentences.push(paragraph.slice(start).trim())
  return sentences.filter((sentence) => sentence !== '')
}

function endsSentence(paragraph: string, start: number, mark: number, end: number): boolean {
  if (paragraph.charCodeAt(mark) > 0x7f || end >= paragraph.length) return true
  if (!opener.test(paragraph.slice(end, end + 20))) return false
  return paragraph.charAt(mark) !== '.' || !abbreviation.test(paragraph.slice(Math.max(start, mark - 10), mark + 1))
}
