import { contentHash, readSteps, type RecordStore } from '@empire/record'
import type { StreamPart } from '../stream-part.ts'
import { ModelCassetteError } from './model-cassette-error.ts'
import { type ErrorData, errorFromData } from './error-data.ts'

/** The kind of the steps of a cassette. */
export const cassetteKind = 'model-cassette'

/** What was recorded of one call. */
export interface RecordedCall {
  /** As they were delivered; of an `interrupted` part the error as data. */
  readonly parts: readonly Readonly<Record<string, unknown>>[]
  /** What the call threw. */
  readonly error?: ErrorData | undefined
}

interface Take {
  readonly inputs: unknown
  readonly output: RecordedCall
  played: boolean
}

/** The recorded calls, each to be played once. */
export interface CassetteReel {
  /** The next call of the same inputs that has not been played. Throws a `ModelCassetteError` if there is none. */
  take(model: string, inputs: unknown): RecordedCall
}

/** Reads all calls of a store, verified. */
export async function readReel(store: RecordStore): Promise<CassetteReel> {
  const takes: Take[] = []
  const lines = new Map<string, { readonly takes: Take[]; next: number }>()
  for await (const { kind, inputs, output } of readSteps(store)) {
    if (kind !== cassetteKind) continue
    const take = { inputs, output: output as RecordedCall, played: false }
    takes.push(take)
    const key = contentHash(inputs)
    const line = lines.get(key) ?? { takes: [], next: 0 }
    line.takes.push(take)
    lines.set(key, line)
  }
  return {
    take(model, inputs) {
      const line = lines.get(contentHash(inputs))
      const take = line?.takes[line.next]
      if (line === undefined || take === undefined) {
        throw new ModelCassetteError(model, inputs, takes.find(({ played }) => !played)?.inputs)
      }
      line.next++
      take.played = true
      return take.output
    },
  }
}

/** The parts of a recorded call, and its error. */
export function* play({ parts, error }: RecordedCall): Generator<StreamPart, void, undefined> {
  for (const part of parts) {
    yield (part['type'] === 'interrupted'
      ? { ...part, error: errorFromData(part['error'] as ErrorData) }
      : part) as unknown as StreamPart
  }
  if (error !== undefined) throw errorFromData(error)
}
