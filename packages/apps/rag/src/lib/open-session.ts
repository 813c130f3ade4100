import type { LanguageModel } from '@empire/llm/model'
import { createModel, createSilentModel } from './create-model.ts'
import type { Environment } from './environment.ts'
import type { ModelName } from './model-name.ts'
import type { Session } from './session.ts'

/** Where a question is recorded, or replayed from. */
export interface SessionOptions {
  readonly model: ModelName | LanguageModel
  readonly record: string | undefined
  readonly replay: string | undefined
  readonly environment: Environment
}

/**
 * Opens what a question needs. A record goes into a folder of its own: the steps of the run, and the calls of the model for
 * a replay, which asks nobody and needs no key.
 *
 * @throws UsageError for a folder that has a record already, cannot be made, or has none to replay.
 */
export async function openSession({ model, record, replay, environment }: SessionOptions): Promise<Session> {
  if (replay !== undefined) {
    const { openReplay } = await import('./recorded-session.ts')
    return openReplay(typeof model === 'string' ? createSilentModel(model) : model, replay)
  }
  const asked = typeof model === 'string' ? await createModel(model, environment) : model
  if (record === undefined) return { model: asked, note: async () => {}, close: async () => {} }
  const { openRecord } = await import('./recorded-session.ts')
  return openRecord(asked, record)
}
