import { describe, expect, it } from 'vitest'
import type { Answer } from './answer.ts'
import { formatAnswer } from './format-answer.ts'

const answer: Answer = {
  question: 'Which port?',
  answered: true,
  answer: 'The port is 80. [1]',
  model: 'llm-extractive',
  citations: [{ number: 1, path: 'docs/a.md', line: 12 }],
  unknownCitations: [],
  usage: { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 },
  cost: 0,
  passages: [
    {
      number: 1,
      path: 'docs/a.md',
      lines: { start: 10, end: 14 },
      headings: ['Server', 'Ports'],
      score: 12.345,
      text: 'The port is 80.',
    },
    { number: 2, path: 'b.txt', lines: { start: 1, end: 1 }, headings: [], score: 3, text: 'Ports.' },
  ],
  context: { tokens: 1234, budget: 4000, counter: 'gpt/o200k_base' },
  steps: [
    { name: 'ingest', duration: 1234.5 },
    { name: 'search', duration: 0.25 },
  ],
  documents: { found: 5, indexed: 2, skipped: 2, failed: 1, chunks: 1200, problems: [] },
}

describe('formatAnswer', () => {
  it('prints answer, citations, passages, context, steps and counts', () => {
    expect(formatAnswer(answer)).toBe(`The port is 80. [1]

Citations
  [1] docs/a.md:12

Passages
  [1]  12.35  docs/a.md:10-14 › Server › Ports
  [2]   3.00  b.txt:1-1

Context    1,234 of 4,000 tokens (gpt/o200k_base)
Steps      ingest 1235 ms, search 0.3 ms
Documents  5 found: 2 indexed, 2 skipped, 1 failed; 1,200 chunks
`)
  })

  it('leaves out what there is none of', () => {
    const text = formatAnswer({ ...answer, answer: 'Nothing relevant.', citations: [], passages: [] })
    expect(text).toMatch(/^Nothing relevant\.\n\nContext {4}1,234/)
  })

  it('shows control characters of a document as replacement characters', () => {
    expect(formatAnswer({ ...answer, answer: 'a\u001b[2Jb\r\u009bc\td\u202ee' })).toMatch(
      /^a\ufffd\[2Jb\ufffd\ufffdc\td\ufffde\n/,
    )
  })

  it('names pages in the place of lines', () => {
    const place = { path: 'a.pdf', lines: { start: 1, end: 9 }, headings: ['Keys'], score: 1, text: '' }
    const passages = [
      { ...place, number: 1, pages: { start: 2, end: 3 } },
      { ...place, number: 2, pages: { start: 4, end: 4 } },
    ]
    const text = formatAnswer({ ...answer, passages, citations: [{ number: 1, path: 'a.pdf', line: 8, page: 3 }] })
    expect(text).toContain('\n  [1] a.pdf, page 3\n')
    expect(text).toContain('  [1]   1.00  a.pdf, pages 2-3 › Keys\n  [2]   1.00  a.pdf, page 4 › Keys\n')
  })

  it('keeps a path on its line', () => {
    const citations = [{ number: 1, path: 'a.md:3\n  [2] b.md', line: 1 }]
    expect(formatAnswer({ ...answer, citations })).toContain(String.raw`  [1] a.md:3\n  [2] b.md:1`)
  })

  it('marks a citation that names no passage', () => {
    expect(formatAnswer({ ...answer, unknownCitations: [7] })).toContain(
      'Citations\n  [1] docs/a.md:12\n  [7] names no passage\n',
    )
  })

  it.each([
    [1_234_600, 'Model      openai:gpt-5: 1,700 tokens in (500 cached), 90 out (50 reasoning), $0.001235'],
    [null, 'Model      openai:gpt-5: 1,700 tokens in (500 cached), 90 out (50 reasoning), cost unknown'],
  ])('prints tokens and the cost of %s', (cost, line) => {
    const usage = { input: 1000, cacheRead: 500, cacheWrite: 200, output: 40, reasoning: 50 }
    expect(formatAnswer({ ...answer, model: 'openai:gpt-5', usage, cost })).toContain(`\n\n${line}\nContext`)
  })
})
