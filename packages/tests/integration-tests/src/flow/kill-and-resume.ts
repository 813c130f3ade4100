import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileSource, ingest } from '@empire/ingest'
import { createSqliteJournal } from '@empire/pipeline/sqlite'
import { expect } from 'vitest'
import { temporaryFolder } from '../temporary-folder.ts'
import { houses, questionAbout } from './houses.ts'
import { openKnowledgeBase } from './knowledge-base.ts'
import { quotingGemini, textsOf } from './quoting-gemini.ts'
import { killed, runWorker } from './run-worker.ts'

/** The texts of an index by the ids of its entries. */
async function contentsOf(database: string): Promise<[id: string, text: unknown][]> {
  const { index, close } = await openKnowledgeBase(database)
  const { hits, total } = await index.search({ limit: 1000, fields: ['text'] })
  expect(hits).toHaveLength(total)
  await close()
  return hits.map(({ id, fields }) => [id, fields.text] as [string, unknown]).toSorted(([a], [b]) => (a < b ? -1 : 1))
}

async function ingestFolder(folder: string, database: string) {
  const { close, sink, state, deadLetters } = await openKnowledgeBase(database)
  const report = await ingest({ source: fileSource(['.'], { cwd: folder }), sink, state, deadLetters })
  await close()
  return report
}

/**
 * Ingests 40 documents, is killed after each of these numbers of documents, and each time one document is changed, one removed and one
 * added. Gives what the index has in the end, and what it has when nothing was killed.
 */
export async function killIngestion(
  kills: readonly number[],
): Promise<{ readonly resumed: unknown; readonly whole: unknown }> {
  const folder = await temporaryFolder(houses(40))
  const stores = await temporaryFolder({})
  const [database, other] = [join(stores, 'killed.db'), join(stores, 'whole.db')]
  for (const [time, killAt] of kills.entries()) {
    expect(await runWorker('ingest-worker', [folder, database, killAt])).toEqual(killed)
    writeFileSync(join(folder, `house${time}.md`), `# House ${time}\n\nAt house${time} grows moss${time}.\n`)
    writeFileSync(join(folder, `new${time}.md`), `# New ${time}\n\nAt new${time} grows grass${time}.\n`)
    rmSync(join(folder, `house${39 - time}.md`))
  }
  const { code, stdout } = await runWorker('ingest-worker', [folder, database])
  expect(code).toBe(0)
  const { found, indexed, unchanged, deleted, problems } = JSON.parse(stdout)
  expect({ sum: indexed + unchanged + deleted, problems }).toEqual({ sum: found, problems: [] })
  expect(await ingestFolder(folder, other)).toMatchObject({ found: 40, indexed: 40 })
  expect(await ingestFolder(folder, database)).toMatchObject({ found: 40, unchanged: 40 })
  return { resumed: await contentsOf(database), whole: await contentsOf(other) }
}

const asked = 3

/**
 * Answers three questions, is killed at a point, and goes on in a new process: each is answered once, and what was completed is not
 * done again. Gives how often the model was asked and an answer was published; `undefined` when there is no such point.
 */
export async function killAnswers(killAt: number): Promise<{ asked: number; published: number } | undefined> {
  const stores = await temporaryFolder({})
  const [database, folder] = [join(stores, 'base.db'), await temporaryFolder({})]
  await ingestFolder(await temporaryFolder(houses(asked)), database)
  const server = await quotingGemini()
  const questions = (): string[] => server.requests.map((request) => textsOf(request).at(-1) ?? '')
  const publications = (): string[] => {
    const log = join(folder, 'log')
    return existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n') : []
  }
  const words = [database, folder, server.url, asked]
  const first = await runWorker('answer-worker', [...words, killAt])
  if (first.code === 0) return undefined
  expect(first).toEqual(killed)
  const before = { questions: questions().length, publications: publications().length }
  const { answered, published } = await completedIn(`${database}.runs`)

  expect(await runWorker('answer-worker', words)).toMatchObject({ code: 0, stderr: '' })
  for (let house = 0; house < asked; house++) {
    expect(readFileSync(join(folder, `house${house}`), 'utf8')).toBe(`At house${house} grows tree${house}.`)
  }
  const again = {
    questions: questions().slice(before.questions),
    publications: publications().slice(before.publications),
  }
  const numbers = Array.from({ length: asked }, (_, house) => house)
  expect(again.questions).toEqual(numbers.filter((house) => !answered.has(`house${house}`)).map(questionAbout))
  const left = numbers.map((house) => `house${house}`).filter((runId) => !published.has(runId))
  expect(again.publications).toEqual(left)
  return { asked: questions().length, published: publications().length }
}

/** The runs whose answer is in the journal, and those that know of their publication. */
async function completedIn(path: string): Promise<{ answered: Set<string>; published: Set<string> }> {
  const journal = createSqliteJournal({ path })
  const answered = new Set<string>()
  const published = new Set<string>()
  for (let house = 0; house < asked; house++) {
    const stored = await journal.read(`house${house}`)
    for (const entry of stored?.entries ?? []) {
      if (entry.type !== 'step-end') continue
      if (entry.key === 'answer') answered.add(`house${house}`)
      if (entry.key === 'publish') published.add(`house${house}`)
    }
  }
  await journal.close()
  return { answered, published }
}
