import { access, mkdir } from 'node:fs/promises'
import { type LanguageModel, withCassette, withRecord } from '@empire/llm'
import { type ContentHash, createJsonlStore, createRunRecorder } from '@empire/record'
import { recordFiles } from './record-files.ts'
import type { Session } from './session.ts'
import { UsageError } from './usage-error.ts'

/** A session that answers from the record in a folder. */
export async function openReplay(model: LanguageModel, folder: string): Promise<Session> {
  const { cassette } = recordFiles(folder)
  if (!(await isThere(cassette))) throw new UsageError(`There is no record to replay in ${folder}.`)
  const store = createJsonlStore({ path: cassette })
  return {
    model: withCassette(model, { store, mode: 'replay' }),
    note: async () => {},
    close: async () => store.close(),
  }
}

/** A session that writes a record into a folder. */
export async function openRecord(model: LanguageModel, folder: string): Promise<Session> {
  const files = recordFiles(folder)
  for (const path of [files.run, files.cassette]) {
    if (await isThere(path))
      throw new UsageError(`There is a record in ${folder} already. Give --record another folder.`)
  }
  try {
    await mkdir(folder, { recursive: true })
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new UsageError(`The folder ${folder} for the record cannot be made: ${reason}.`, { cause })
  }
  const [run, cassette] = [createJsonlStore({ path: files.run }), createJsonlStore({ path: files.cassette })]
  const recorder = createRunRecorder({ store: run })
  let last: ContentHash[] = []
  const recorded = withRecord(withCassette(model, { store: cassette, mode: 'record' }), {
    recorder,
    parents: () => last,
    onStep: ({ id }) => void (last = [id]),
  })
  return {
    model: recorded,
    async note(step) {
      const { id } = await recorder.record({ ...step, parents: last })
      last = [id]
    },
    async close() {
      await Promise.all([run.close(), cassette.close()])
    },
  }
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
