import { appendFileSync } from 'node:fs'
import { temporaryDirectory } from '@empire/test-support'
import { expect, it, onTestFinished } from 'vitest'
import { createJsonlStore } from './create-jsonl-store.ts'
import { createRunRecorder } from './create-run-recorder.ts'
import { createSqliteStore } from './create-sqlite-store.ts'
import { recordEvents } from './record-events.ts'

it('tells of writes, failures and torn lines', async () => {
  const folder = temporaryDirectory()
  onTestFinished(() => folder.remove())
  const heard: unknown[] = []
  for (const [name, event] of Object.entries(recordEvents)) {
    onTestFinished(event.subscribe((message: object) => heard.push({ name, ...message })))
  }
  const path = folder.join('run.jsonl')
  appendFileSync(path, '{"torn')
  const jsonl = createJsonlStore({ path, onTornLine: () => undefined })
  const recorder = createRunRecorder({ store: jsonl })
  await Promise.all([recorder.record({ kind: 'x' }), recorder.record({ kind: 'y' })])
  await jsonl.close()
  const sqlite = createSqliteStore({ path: folder.path })
  const failing = createRunRecorder({ store: sqlite }).record({ kind: 'x' })
  await expect(failing).rejects.toMatchObject({ code: 'record_write_failed' })
  expect(heard).toEqual([
    { name: 'torn-line', path, bytes: 6, at: expect.any(Number) },
    { name: 'write', store: 'jsonl', steps: 2, duration: expect.any(Number), at: expect.any(Number) },
    { name: 'failure', store: 'sqlite', steps: 1, error: expect.any(Error), at: expect.any(Number) },
  ])
})
