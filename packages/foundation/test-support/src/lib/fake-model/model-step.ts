import type { FakeStep } from '../fake-server/fake-step.ts'

/** A tool call that the model makes. */
export interface FakeToolCall {
  /** Default: made from the number of the request and of the call. */
  readonly id?: string | undefined
  readonly name: string
  /** Default: `{}`. */
  readonly input?: Readonly<Record<string, unknown>> | undefined
}

/** Token counts that a reply states. Each has an estimate as its default, those of caches and of reasoning 0. */
export interface FakeUsage {
  /** Fresh input, without what was read from or written to a cache. */
  readonly input?: number | undefined
  /** All output, reasoning included. */
  readonly output?: number | undefined
  readonly cacheRead?: number | undefined
  readonly cacheWrite?: number | undefined
  readonly reasoning?: number | undefined
}

/** What a fake model answers to one request, first its thoughts, then its text, then its tool calls. */
export interface ModelStep extends FakeStep {
  /** The answer. Streamed word by word, or piece by piece where it is a list. Default: none. */
  readonly text?: string | readonly string[] | undefined
  /** What the model thinks first. Default: nothing. */
  readonly thinking?: string | readonly string[] | undefined
  /** Default: none. */
  readonly toolCalls?: readonly FakeToolCall[] | undefined
  /** The token counts that the reply states. Default: estimates. */
  readonly usage?: FakeUsage | undefined
}

/** The pieces in which a text is streamed: words with the space after them. */
export function splitText(text: string | readonly string[] = []): readonly string[] {
  return typeof text === 'string' ? (text.match(/\S+\s*|\s+/g) ?? []) : text
}
