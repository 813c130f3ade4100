import { access, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type LanguageModel, withCassette, withRecord } from '@empire/llm'
import { type ContentHash, createJsonlStore, createRunRecorder, type Step } from '@empire/record'
import { createModel, createSilentModel, type Environment } from './create-model.ts'
import type { ModelName } from './model-name.ts'
import { UsageError } from './usage-error.ts'

/** Where a question is recorded, or replayed from. */
export interface SessionOptions {
  readonly model: ModelName | LanguageModel
  readonly record: string | undefined
  readonly replay: string | undefined
  readonly environment: Environment
}

/** The model of one question, and its record. */
export interface Session {
  readonly model: LanguageModel
  /** Records a step that builds on the one before; nothing without a record. */
  note(step: Step): Promise<void>
  /** Closes the files. */
  close(): Promise<void>
}

/** The files of a record, in its folder. */
export function recordFiles(folder: string): { readonly run: string; readonly cassette: string } {
  return { run: join(folder, 'run.jsonl'), cassette: join(folder, 'cassette.jsonl') }
}

/**
 * Opens what a question needs. A record goes into a folder of its own: the steps of the run, and the calls of the model for
 * a replay, which asks nobody and needs no key.
 *
 * @throws UsageError for a folder that has a record already, cannot be made, or has none to replay.
 */
export async function openSession({ model, record, replay, environment }: SessionOptions): Promise<Session> {
  if (replay !== undefined) return openReplay(typeof model === 'string' ? createSilentModel(model) : model, replay)
  const asked = typeof model === 'string' ? await createModel(model, environment) : model
  return record === undefined
    ? { model: asked, note: async () => {}, close: async () => {} }
    : openRecord(asked, record)
}

async function openReplay(model: LanguageModel, folder: string): Promise<Session> {
  const { cassette } = recordFiles(folder)
  if (!(await isThere(cassette))) throw new UsageError(`There is no record to replay in ${folder}.`)
  const store = createJsonlStore({ path: cassette })
  return {
    model: withCassette(model, { store, mode: 'replay' }),
    note: async () => {},
    close: async () => store.close(),
  }
}

async function openRecord(model: LanguageModel, folder: string): Promise<Session> {
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
