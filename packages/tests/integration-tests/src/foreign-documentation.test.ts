import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fileSource, ingest, type IngestReport } from '@empire/ingest'
import { describe, expect, it, onTestFinished } from 'vitest'
import { foreignQuestions } from './flow/foreign-questions.ts'
import { type KnowledgeBase, openKnowledgeBase } from './flow/knowledge-base.ts'
import { killed, runWorker } from './flow/run-worker.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** The documentation that a package brings along: Markdown pages that nobody here has written. */
const pages = join(dirname(fileURLToPath(import.meta.resolve('@mastra/core'))), 'docs', 'references')
const pageCount = 459

/** How many chunks a question asks for: enough to have five pages. */
const limit = 50

async function open(path: string, engine: 'sqlite' | 'memory'): Promise<KnowledgeBase> {
  const base = await openKnowledgeBase(path, { engine })
  onTestFinished(() => base.close())
  return base
}

function ingestPages({ sink, state, deadLetters }: KnowledgeBase): Promise<IngestReport> {
  return ingest({ source: fileSource(['.'], { cwd: pages }), sink, state, deadLetters })
}

/** The pages found for each question, the best first. */
function findPages({ index }: KnowledgeBase): Promise<string[][]> {
  return Promise.all(
    foreignQuestions.map(async ({ question }) => {
      const { hits } = await index.search({ query: question, limit, fields: ['path'] })
      return [...new Set(hits.map(({ fields }) => String(fields.path)))]
    }),
  )
}

/** How many right pages are among the first five, and the mean of one through the place of the right page. */
function judge(found: readonly string[][]): { readonly recall: number; readonly reciprocalRank: number } {
  const places = foreignQuestions.map(({ page }, position) => (found[position]?.indexOf(page) ?? -1) + 1)
  return {
    recall: mean(places.map((place) => (place >= 1 && place <= 5 ? 1 : 0))),
    reciprocalRank: mean(places.map((place) => (place === 0 ? 0 : 1 / place))),
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function print(engine: string, { recall, reciprocalRank }: ReturnType<typeof judge>): void {
  const figures = `recall@5 ${recall.toFixed(2)}, MRR ${reciprocalRank.toFixed(3)}`
  process.stdout.write(`${pageCount} foreign pages, ${foreignQuestions.length} questions, ${engine}: ${figures}\n`)
}

describe('ingestion and search of foreign documentation', () => {
  it.each(['sqlite', 'memory'] as const)(
    'find the right pages with the index in %s',
    { timeout: 60_000 },
    async (engine) => {
      const base = await open(join(await temporaryFolder({}), 'base.db'), engine)
      expect(await ingestPages(base)).toMatchObject({ found: pageCount, indexed: pageCount, problems: [] })
      const figures = judge(await findPages(base))
      print(engine, figures)
      expect(figures.recall).toBeGreaterThanOrEqual(0.9)
      expect(figures.reciprocalRank).toBeGreaterThanOrEqual(0.75)
    },
  )

  it('find the same pages when ingestion is killed half way, and resumed', { timeout: 60_000 }, async () => {
    const folder = await temporaryFolder({})
    const whole = await open(join(folder, 'whole.db'), 'sqlite')
    const { chunks } = await ingestPages(whole)
    const half = Math.floor(pageCount / 2)
    expect(await runWorker('ingest-worker', [pages, join(folder, 'killed.db'), half])).toEqual(killed)

    const resumed = await open(join(folder, 'killed.db'), 'sqlite')
    const facets = { document: { limit: pageCount } }
    const before = await resumed.index.search({ facets, limit: 0 })
    // What is written is written together, 64 documents at most: the last ones went with the process.
    const kept = before.facets.document?.length ?? 0
    expect(kept).toBeGreaterThan(half - 64)
    const { unchanged, ...report } = await ingestPages(resumed)
    // The index may have had a batch more, but nobody was left to say so.
    expect(unchanged).toBeLessThanOrEqual(kept)
    expect(report).toMatchObject({ found: pageCount, indexed: pageCount - unchanged })
    expect((await resumed.index.statistics()).documents).toBe(chunks)
    const found = await findPages(resumed)
    print('killed and resumed', judge(found))
    expect(found).toEqual(await findPages(whole))
  })
})
