import type { CallOptions, LanguageModel } from './language-model.ts'

/** Hears of the attempts that a layer further in makes in one call. */
export interface AttemptWatch {
  /** Before each attempt, with the model that is asked where there are several. What it throws ends the call. */
  begin(model: LanguageModel | undefined): void
  /** After an attempt that failed. */
  failed(error: unknown): void
}

const key = Symbol('attempts')

function watchesOf({ scope }: CallOptions): ReadonlyMap<object, AttemptWatch> | undefined {
  return scope?.get(key) as ReadonlyMap<object, AttemptWatch> | undefined
}

/** The options for calls whose attempts `watch` hears of, in the place of an earlier watch of the same owner. */
export function watchAttempts(owner: object, watch: AttemptWatch, call: CallOptions): CallOptions {
  return { ...call, scope: new Map(call.scope).set(key, new Map(watchesOf(call)).set(owner, watch)) }
}

/** Makes one attempt of a call: of several models, with this one. */
export function attempt<Value>(task: () => Promise<Value>, call: CallOptions, model?: LanguageModel): Promise<Value> {
  const watches = watchesOf(call)
  return watches === undefined ? task() : watched(task, watches, model)
}

async function watched<Value>(
  task: () => Promise<Value>,
  watches: ReadonlyMap<object, AttemptWatch>,
  model: LanguageModel | undefined,
): Promise<Value> {
  for (const watch of watches.values()) watch.begin(model)
  try {
    return await task()
  } catch (error) {
    for (const watch of watches.values()) watch.failed(error)
    throw error
  }
}
