import type { LanguageModelV4Content, LanguageModelV4GenerateResult, SharedV4Warning } from '@ai-sdk/provider'
import type { ModelResponse } from '@empire/llm'
import { writeKept } from './kept-fields.ts'
import { writeLimits } from './limit-headers.ts'
import { writeFinishReason } from './write-finish-reason.ts'
import { writeFile, writeSource } from './write-source.ts'
import { writeUsage } from './write-usage.ts'

/** A whole answer as the SDK has it. */
export function writeResult(response: ModelResponse, warnings: SharedV4Warning[]): LanguageModelV4GenerateResult {
  const { text, reasoning, toolCalls, citations, media, usage, finish, limits } = response
  const { model, requestId } = finish
  const content: LanguageModelV4Content[] = [
    ...reasoning.map((thought) => ({ type: 'reasoning' as const, text: thought.text, ...writeKept(thought) })),
    ...(text === '' ? [] : [{ type: 'text' as const, text }]),
    ...citations.map((citation, index) => writeSource(citation, `source-${index}`)),
    ...media.map(writeFile),
    ...toolCalls.map(({ id, name, input }) => ({
      type: 'tool-call' as const,
      toolCallId: id,
      toolName: name,
      input: JSON.stringify(input),
    })),
  ]
  return {
    content,
    finishReason: writeFinishReason(finish),
    usage: writeUsage(usage),
    warnings,
    response: {
      ...(model === undefined ? {} : { modelId: model }),
      ...(requestId === undefined ? {} : { id: requestId }),
      ...(limits === undefined ? {} : { headers: writeLimits(limits) }),
    },
  }
}
