const boundary = /[.!?]+["'”’)\]*_`]*(?=\s|$)|[。！？｡]+[」』”’）]*/gu
const abbreviation = /(?:^|[\s("'])(?:e\.g|i\.e|etc|vs|cf|approx|Mr|Mrs|Ms|Dr|Prof|St|No|Fig|resp|incl|\p{Lu})\.$/u
const opener = /^\s*["'“‘(\[*_`{<]*[\p{Lu}\p{Lo}\p{N}`]/u
/** Longer ones are cut, for a quote has to be readable. */
const longest = 600

/** The sentences of a paragraph, in order, trimmed; one that is longer than 600 characters comes in pieces marked with `…`. */
export function splitSentences(paragraph: string): string[] {
  const sentences: string[] = []
  let start = 0
  for (const match of paragraph.matchAll(boundary)) {
    const end = match.index + match[0].length
    if (!endsSentence(paragraph, start, match.index, end)) continue
    addSentence(sentences, paragraph.slice(start, end))
    start = end
  }
  addSentence(sentences, paragraph.slice(start))
  return sentences
}

function endsSentence(paragraph: string, start: number, dot: number, end: number): boolean {
  if (end >= paragraph.length) return true
  if (paragraph.charCodeAt(dot) > 0x7f) return true
  if (!opener.test(paragraph.slice(end, end + 20))) return false
  return paragraph[dot] !== '.' || !abbreviation.test(paragraph.slice(Math.max(start, dot - 10), dot + 1))
}

function addSentence(sentences: string[], raw: string): void {
  let text = raw.trim()
  let cut = ''
  while (text.length > longest) {
    const end = cutAt(text)
    sentences.push(`${cut}${text.slice(0, end).trimEnd()} …`)
    text = text.slice(end).trimStart()
    cut = '… '
  }
  if (text !== '') sentences.push(cut + text)
}

/** The last space within reach, else a place that parts no surrogate pair. */
function cutAt(text: string): number {
  const space = text.lastIndexOf(' ', longest)
  if (space > longest / 2) return space
  const unit = text.charCodeAt(longest - 1)
  return unit >= 0xd800 && unit <= 0xdbff ? longest - 1 : longest
}
