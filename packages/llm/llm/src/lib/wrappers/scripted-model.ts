import { defineModel } from '../define-model.ts'
import type { CallOptions, LanguageModel } from '../language-model.ts'
import type { PreparedRequest } from '../prepared-request.ts'
import type { StreamPart } from '../stream-part.ts'

/** A step of a script: a part to deliver, an error to throw, or a wait. */
export type ScriptStep = StreamPart | Error | ((options: CallOptions) => Promise<void>)

export const usage = { input: 1, cacheRead: 0, cacheWrite: 0, output: 2, reasoning: 0 }

/** A whole answer: `Hello`. */
export const answer: readonly StreamPart[] = [
  { type: 'text-start' },
  { type: 'text-delta', text: 'Hel' },
  { type: 'text-delta', text: 'lo' },
  { type: 'text-end' },
  { type: 'usage', usage },
  { type: 'finish', reason: 'stop' },
]

export const request = { messages: [{ role: 'user', content: 'Hello' }] } as const

/** A model for tests: plays one script for each call, then whole answers. */
export function scriptedModel(...scripts: readonly (readonly ScriptStep[])[]): {
  readonly model: LanguageModel
  /** The requests so far. */
  readonly requests: PreparedRequest[]
  /** How many streams are open. */
  readonly open: () => number
} {
  const requests: PreparedRequest[] = []
  let open = 0
  async function* stream(asked: PreparedRequest, options: CallOptions): AsyncGenerator<StreamPart> {
    const script = scripts[requests.length] ?? answer
    requests.push(asked)
    open++
    try {
      for (const step of script) {
        if (step instanceof Error) throw step
        if (typeof step === 'function') await step(options)
        else yield step
      }
    } finally {
      open--
    }
  }
  return { model: defineModel({ id: 'scripted', stream }), requests, open: () => open }
}

/** All parts of a stream. */
export async function toArray(parts: AsyncIterable<StreamPart>): Promise<StreamPart[]> {
  const list: StreamPart[] = []
  for await (const part of parts) list.push(part)
  return list
}

/** The iterator of a stream. */
export function iteratorOf(parts: AsyncIterable<StreamPart>): AsyncIterator<StreamPart> {
  return parts[Symbol.asyncIterator]()
}

/** Moves the clock until the work has ended. */
export async function runToEnd<Value>(
  work: Promise<Value>,
  clock: { advance(ms: number): Promise<void> },
  step: number,
): Promise<Value> {
  const state = { ended: false }
  const end = (): void => {
    state.ended = true
  }
  work.then(end, end)
  while (!state.ended) await clock.advance(step)
  return work
}
