import type { Clock } from '@empire/clock'
import { genAi, genAiMetrics, isContentRecorded, type setContent } from '@empire/telemetry'
import { llmTelemetry } from './llm-telemetry.ts'
import type { StreamPart } from '../stream-part.ts'
import type { ToolCall } from '../tool-call.ts'
import type { Usage } from '../usage.ts'
import type { Attributes } from './call-attributes.ts'

/** What was seen of a stream. */
export interface StreamWatch {
  /** The text, while content is recorded. */
  readonly text: readonly string[]
  /** The calls, while content is recorded. */
  readonly toolCalls: readonly ToolCall[]
  readonly usage: Usage | undefined
  /** @param pulled When the part was pulled, by the clock. */
  see(part: StreamPart, pulled: number): void
}

const firstChunks = llmTelemetry.histogram(genAiMetrics.timeToFirstChunk.name, genAiMetrics.timeToFirstChunk)
const chunks = llmTelemetry.histogram(genAiMetrics.timePerOutputChunk.name, genAiMetrics.timePerOutputChunk)

/** Keeps what is to be told of a stream, and measures its chunks; the time in which nobody pulls does not count. */
export function createStreamWatch(
  span: Parameters<typeof setContent>[0],
  labels: Attributes,
  began: number,
  clock: Clock,
): StreamWatch {
  const text: string[] = []
  const toolCalls: ToolCall[] = []
  const content = isContentRecorded()
  let usage: Usage | undefined
  let first = true
  return {
    text,
    toolCalls,
    get usage() {
      return usage
    },
    see(part: StreamPart, pulled: number) {
      if (part.type === 'usage' || part.type === 'interrupted') usage = part.usage ?? usage
      if (!part.type.endsWith('-delta')) {
        if (content && part.type === 'tool-call-end') toolCalls.push(part)
        return
      }
      if (content && part.type === 'text-delta') text.push(part.text)
      const now = clock.now()
      if (first) {
        first = false
        firstChunks.record(seconds(now - began), labels)
        span.setAttribute(genAi.responseTimeToFirstChunk, seconds(now - began))
      } else chunks.record(seconds(now - pulled), labels)
    },
  }
}

export function seconds(milliseconds: number): number {
  return Math.max(0, milliseconds) / 1000
}
