import { describe, expect, it } from 'vitest'
import { findPassages } from './find-passages.ts'
import type { FoundChunk, Library } from './library.ts'

const documents = { found: 0, indexed: 0, skipped: 0, failed: 0, chunks: 0, problems: [] }
const lines = { start: 1, end: 1 }

const toFound = (text: string, at: number): FoundChunk => {
  return { chunk: { path: `${at}.md`, lines, headings: [], text, anchors: [] }, score: 1, coverage: 1 }
}

/** A library that finds these texts, and the limits that it was asked for. */
function libraryOf(texts: readonly string[], limits: number[] = []): Library {
  return {
    documents,
    async find(_question, limit) {
      limits.push(limit)
      return texts.map(toFound).slice(0, limit)
    },
  }
}

const find = async (library: Library, top: number) =>
  (await findPassages(library, 'a?', top, undefined)).map(({ passage }) => passage.path)

describe('findPassages', () => {
  it('gives the same text once, the best, and others in the place of its copies', async () => {
    const limits: number[] = []
    expect(await find(libraryOf(['a', 'b', 'a', 'a', 'a', 'c', 'd'], limits), 3)).toEqual(['0.md', '1.md', '5.md'])
    expect(limits).toEqual([3, 12])
  })

  it('asks once where there are no copies, or nothing else', async () => {
    const limits: number[] = []
    await find(libraryOf(['a', 'b', 'c'], limits), 2)
    expect(await find(libraryOf(['a', 'a'], limits), 8)).toEqual(['0.md'])
    expect(limits).toEqual([2, 8])
  })

  it('does not look for ever', async () => {
    const limits: number[] = []
    expect(
      await find(
        libraryOf(
          Array.from({ length: 5000 }, () => 'a'),
          limits,
        ),
        8,
      ),
    ).toEqual(['0.md'])
    await find(libraryOf(['a'], limits), 20_000)
    expect(limits).toEqual([8, 32, 128, 512, 1000, 10_000])
  })
})
