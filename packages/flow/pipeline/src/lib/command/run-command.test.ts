import { execFileSync } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { createJsonlStore, createSqliteStore, type RecordStore, verify } from '@empire/record'
import { createManualClock, temporaryDirectory } from '@empire/test-support'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAudit } from '../audit/create-audit.ts'
import { createSqliteJournal } from '../create-sqlite-journal.ts'
import { definePipeline } from '../define-pipeline.ts'
import { helpText } from './help-text.ts'
import { runCommand } from './run-command.ts'

const directory = temporaryDirectory()
const path = (name: string): string => directory.join(name)
let head: string | null = null

async function run(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const written = { out: '', err: '' }
  const code = await runCommand(words, {
    stdout: { columns: 60, write: (text) => (written.out += text) },
    stderr: { write: (text) => (written.err += text) },
  })
  return { code, ...written }
}

const pipeline = definePipeline<boolean>('order')
  .step('reserve', { run: () => 1, compensate: () => 1 })
  .step('charge', {
    needs: ['reserve'],
    run: ({ input }) => {
      if (!input) throw new Error('declined')
    },
  })

const tuesday = (by: string): string => `Pipeline order, run tuesday: failed
Begun 1970-01-01T00:00:00.000Z${by}; took 0 ms

           0             0 ms
● reserve  ░                       0 ms  completed, undone
✗ charge   █                       0 ms  failed
           █ at work   ░ being undone

Rolled back from 0 ms on: step_failed: Step "charge" of pipeline "order" failed: declined.

Errors
  charge: Error: declined
`

beforeAll(async () => {
  const clock = createManualClock()
  const journal = createSqliteJournal({ path: path('runs.sqlite'), clock })
  const runTwice = async (store: RecordStore, kept?: typeof journal): Promise<void> => {
    const observers = [createAudit({ store, actor: 'ada' })]
    await pipeline.run(true, { runId: 'monday', observers, clock, journal: kept })
    await pipeline.run(false, { runId: 'tuesday', observers, clock, journal: kept }).catch(() => {})
    ;({ head } = await verify(store))
    await store.close()
  }
  await runTwice(createSqliteStore({ path: path('audit.sqlite') }), journal)
  await runTwice(createJsonlStore({ path: path('audit.jsonl') }))
  await journal.close()
})

afterAll(() => directory[Symbol.asyncDispose]())

describe('pipeline explain', () => {
  it.each(['audit.jsonl', 'audit.sqlite'])('draws the latest run of an audit: %s', async (file) => {
    expect(await run('explain', path(file))).toEqual({ code: 0, out: tuesday(' by ada'), err: '' })
  })

  it('draws a run of a journal', async () => {
    const { code, out } = await run('explain', path('runs.sqlite'))
    expect(code).toBe(0)
    expect(out.split('\n').slice(0, 7)).toEqual(tuesday('').split('\n').slice(0, 7))
    expect((await run('explain', path('runs.sqlite'), '--run', 'monday')).out).toContain('run monday: completed\n')
  })

  it('writes a page', async () => {
    const page = path('page.html')
    expect(await run('explain', path('audit.jsonl'), '--html', page)).toEqual({
      code: 0,
      out: '',
      err: `${page} is written.\n`,
    })
    expect(await readFile(page, 'utf8')).toMatch(/^<!doctype html>[^]*run tuesday: failed[^]*<\/html>\n$/)
  })

  it('refuses a damaged audit', async () => {
    const text = await readFile(path('audit.jsonl'), 'utf8')
    await writeFile(path('damaged.jsonl'), text.replace('"actor":"ada"', '"actor":"eve"'))
    const { code, err } = await run('explain', path('damaged.jsonl'))
    expect(code).toBe(1)
    expect(err).toMatch(/^pipeline: .*line 1 \(byte 0\)/)
  })
})

describe('pipeline runs', () => {
  it.each(['audit.jsonl', 'runs.sqlite'])('lists the runs, the latest first: %s', async (file) => {
    expect((await run('runs', path(file))).out).toBe(
      '1970-01-01T00:00:00.000Z  tuesday  order  failed\n1970-01-01T00:00:00.000Z  monday  order  completed\n',
    )
  })
})

describe('a journal that cannot be read', () => {
  it.each([['runs'], ['explain'], ['explain', '--run', 'a']])('is said to be so: %j', async (action, ...options) => {
    const file = path('damaged.sqlite')
    await writeFile(file, await readFile(path('runs.sqlite')))
    const database = new DatabaseSync(file)
    database.exec('DROP TABLE runs; CREATE TABLE runs (a)')
    database.close()
    const { code, err } = await run(String(action), file, ...options)
    expect(code).toBe(1)
    expect(err).toBe(
      `pipeline: The journal "${file}" cannot be read: no such column: owner. Restore it from a copy, or see that its folder may be written to.\n`,
    )
  })
})

describe('pipeline verify', () => {
  it('checks the chain of an audit, and prints its head', async () => {
    const { code, out } = await run('verify', path('audit.jsonl'), '--head', String(head))
    expect({ code, out }).toEqual({ code: 0, out: `16 entries, unchanged. Head: ${head}\n` })
  })

  it('finds what was changed, and what was removed from the end', async () => {
    const text = await readFile(path('audit.jsonl'), 'utf8')
    await writeFile(path('changed.jsonl'), text.replace('"duration":0', '"duration":1'))
    expect(await run('verify', path('changed.jsonl'))).toMatchObject({ code: 1, out: '' })
    await writeFile(path('short.jsonl'), `${text.split('\n').slice(0, -2).join('\n')}\n`)
    expect((await run('verify', path('short.jsonl'))).code).toBe(0)
    const { code, err } = await run('verify', path('short.jsonl'), '--head', String(head))
    expect(code).toBe(1)
    expect(err).toContain('steps were removed from the end or changed')
  })
})

describe('pipeline', () => {
  it('runs as a program', () => {
    const main = join(import.meta.dirname, '..', '..', 'main.ts')
    expect(execFileSync(process.execPath, [main, '--help'], { encoding: 'utf8' })).toBe(helpText)
  })

  it.each([
    [[], 'A command is expected, as in: pipeline explain audit.jsonl'],
    [['explian', 'x'], 'There is no command "explian". Did you mean explain?'],
    [['draw', 'x'], 'There is no command "draw". The commands are explain, runs, verify.'],
    [['explain'], 'A file is expected, as in: pipeline explain audit.jsonl'],
    [['explain', 'a', 'b'], 'One file is expected, got 2.'],
    [['explain', 'a', '--htlm', 'b'], 'There is no option --htlm. Did you mean --html?'],
    [['explain', 'a', '--head', 'b'], 'pipeline explain takes no --head.'],
    [['explain', 'a', '--run'], '--run needs a value.'],
    [['explain', 'a', '--run', 'b', '--run', 'c'], '--run is given twice. Give it once.'],
    [['explain', 'a', '--help=b'], '--help takes no value, got "b".'],
  ])('refuses %j', async (words, message) => {
    expect(await run(...words)).toEqual({
      code: 2,
      out: '',
      err: `pipeline: ${message}\npipeline --help tells all commands.\n`,
    })
  })

  it.each([
    ['a file that is not there', () => ['explain', path('nothing')], () => `There is no file "${path('nothing')}".`],
    ['a folder', () => ['explain', path('.')], () => `"${path('.')}" cannot be read: EISDIR.`],
    [
      'another file',
      () => ['runs', path('other.txt')],
      () => `"${path('other.txt')}" is neither an audit nor a journal.`,
    ],
    [
      'another database',
      () => ['runs', path('other.sqlite')],
      () => `"${path('other.sqlite')}" is a database, and neither a journal nor an audit.`,
    ],
    ['an empty file', () => ['explain', path('empty.jsonl')], () => `There are no runs in "${path('empty.jsonl')}".`],
    [
      'a run that is not there',
      () => ['explain', path('audit.jsonl'), '--run', 'friday'],
      () => `There is no run "friday" in "${path('audit.jsonl')}". The latest: "tuesday", "monday".`,
    ],
    [
      'to verify a journal',
      () => ['verify', path('runs.sqlite')],
      () => `"${path('runs.sqlite')}" is a journal, and only audits have a chain.`,
    ],
    [
      'to write where it cannot',
      () => ['explain', path('audit.jsonl'), '--html', path('no/x.html')],
      () => `"${path('no/x.html')}" cannot be written: ENOENT.`,
    ],
  ])('refuses %s', async (_, words, message) => {
    await writeFile(path('other.txt'), 'a text')
    await writeFile(path('empty.jsonl'), '')
    using database = new DatabaseSync(path('other.sqlite'))
    database.exec('CREATE TABLE IF NOT EXISTS mine (a)')
    const { code, err } = await run(...words())
    expect({ code, err }).toEqual({ code: 2, err: `pipeline: ${message()}\npipeline --help tells all commands.\n` })
  })
})
