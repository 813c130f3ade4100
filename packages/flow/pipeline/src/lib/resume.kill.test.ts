import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { temporaryDirectory, type TemporaryDirectory } from '@empire/test-support'
import { describe, expect, it } from 'vitest'
import { createSqliteJournal } from './create-sqlite-journal.ts'

/**
 * Runs a pipeline whose every event, and both sides of every effect, is a point where the process kills itself if it is told to.
 * Effects are lines of a file.
 */
const script = `
import { appendFileSync } from 'node:fs'
import { definePipeline } from '${new URL('../index.ts', import.meta.url)}'
import { createSqliteJournal } from '${new URL('../sqlite.ts', import.meta.url)}'

const [path, log, killAt, fails] = process.argv.slice(1)
let points = 0
function point() {
  if (points++ === Number(killAt)) process.kill(process.pid, 'SIGKILL')
}
function note(line) {
  point()
  appendFileSync(log, line + '\\n')
  point()
}
const keyOf = (idempotencyKey) => idempotencyKey.slice(2)
async function run({ idempotencyKey }) {
  note('run ' + keyOf(idempotencyKey))
  return keyOf(idempotencyKey)
}
const compensate = async ({ idempotencyKey }) => note('undo ' + keyOf(idempotencyKey))
const work = { run, compensate }
const inner = definePipeline('inner').step('x', work).step('y', { needs: ['x'], ...work })
const pipeline = definePipeline('killed')
  .step('a', work)
  .map('m', { needs: ['a'], over: () => [1, 2], ...work })
  .loop('l', { needs: ['a'], initial: () => 0, until: ({ turn }) => turn === 1, max: 2, ...work })
  .use('u', { needs: ['m', 'l'], pipeline: inner })
  .step('end', {
    needs: ['u'],
    run: (context) => {
      if (fails === 'fails') throw new Error('boom')
      return run(context)
    },
  })
const journal = createSqliteJournal({ path })
try {
  const { outputs } = await pipeline.run(undefined, { journal, runId: 'r', onEvent: point })
  appendFileSync(log, 'outputs ' + JSON.stringify(outputs) + '\\n')
} catch (error) {
  appendFileSync(log, 'error ' + error.code + ' ' + error.message + '\\n')
}
await journal.close()
console.log(points)
`

interface Attempt {
  readonly signal: string | null
  readonly points: number
}

async function runOnce(directory: TemporaryDirectory, killAt: number, mode: string): Promise<Attempt> {
  const options = [directory.join('runs.sqlite'), directory.join('log'), String(killAt), mode]
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const said: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => said.push(chunk))
  const [, signal] = (await once(child, 'close')) as [number | null, string | null]
  return { signal, points: Number(Buffer.concat(said)) }
}

function linesOf(directory: TemporaryDirectory): string[] {
  const path = directory.join('log')
  return existsSync(path) ? readFileSync(path, 'utf8').trimEnd().split('\n') : []
}

async function completedIn(directory: TemporaryDirectory): Promise<string[]> {
  const journal = createSqliteJournal({ path: directory.join('runs.sqlite') })
  const stored = await journal.read('r')
  await journal.close()
  return stored?.entries.flatMap((entry) => (entry.type === 'step-end' ? [entry.key] : [])) ?? []
}

/** Kills a run at a point, and runs it again. Gives `false` when the run had no such point. */
export async function killAndResume(killAt: number, mode: 'fails' | 'ends well'): Promise<boolean> {
  await using directory = temporaryDirectory()
  const first = await runOnce(directory, killAt, mode)
  if (first.signal === null) return false
  expect(first.signal).toBe('SIGKILL')
  const before = linesOf(directory)
  const completed = await completedIn(directory)
  const { signal } = await runOnce(directory, -1, mode)
  expect(signal).toBe(null)
  const lines = linesOf(directory)
  const since = lines.slice(before.length)
  for (const key of completed) expect(since).not.toContain(`run ${key}`)
  expectEnd(lines, mode)
  return true
}

const keys = ['a', 'm[0]', 'm[1]', 'l[0]', 'l[1]', 'u/x', 'u/y']

function expectEnd(lines: readonly string[], mode: 'fails' | 'ends well'): void {
  const effects = new Set<string>()
  for (const line of lines) {
    const [verb, key = ''] = line.split(' ')
    if (verb === 'run') effects.add(key)
    if (verb === 'undo') effects.delete(key)
  }
  if (mode === 'fails') {
    expect(lines.at(-1)).toBe('error step_failed Step "end" of pipeline "killed" failed: boom.')
    expect([...effects]).toEqual([])
    return
  }
  expect(lines.at(-1)).toBe('outputs {"a":"a","m":["m[0]","m[1]"],"l":"l[1]","u":{"x":"u/x","y":"u/y"},"end":"end"}')
  expect(effects).toEqual(new Set([...keys, 'end']))
  expect(lines.filter((line) => line.startsWith('undo'))).toEqual([])
}

// The long form kills everywhere, and imports this file for that.
const isLong = process.env['EMPIRE_TEST_FAULTS'] === '1'

describe('a run that is killed with SIGKILL', () => {
  it.skipIf(isLong).each([
    [4, 'ends well'],
    [21, 'ends well'],
    [12, 'fails'],
    [40, 'fails'],
  ] as const)('at point %i goes on where it was, and %s', { timeout: 60_000 }, async (killAt, mode) => {
    expect(await killAndResume(killAt, mode)).toBe(true)
  })
})
