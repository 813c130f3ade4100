import type { LanguageModelV4StreamPart } from '@ai-sdk/provider'
import type { StreamPart, Usage } from '@empire/llm'
import { writeKept } from './kept-fields.ts'
import { writeError } from './write-error.ts'
import { writeFinishReason } from './write-finish-reason.ts'
import { writeFile, writeSource } from './write-source.ts'
import { writeUsage } from './write-usage.ts'

/** Turns the parts of one answer of ours into those of the SDK. */
export interface PartWriter {
  /** The parts that one part stands for. */
  write(part: StreamPart): LanguageModelV4StreamPart[]
  /** The last parts of an answer that failed. */
  fail(error: unknown): LanguageModelV4StreamPart[]
}

const none: Usage = { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 }

/** @param includeRaw Whether the frames of the vendor are asked for. */
export function createPartWriter(includeRaw: boolean): PartWriter {
  const open = new Map<string, string>()
  let count = 0
  let usage = none

  function begin(kind: 'text' | 'reasoning', block: number | undefined): string {
    const id = String(count++)
    open.set(`${kind} ${block}`, id)
    return id
  }

  function idOf(kind: 'text' | 'reasoning', block: number | undefined): string {
    return open.get(`${kind} ${block}`) ?? begin(kind, block)
  }

  function fail(error: unknown): LanguageModelV4StreamPart[] {
    return [
      { type: 'error', error: writeError(error) },
      { type: 'finish', finishReason: { unified: 'error', raw: undefined }, usage: writeUsage(usage) },
    ]
  }

  function write(part: StreamPart): LanguageModelV4StreamPart[] {
    switch (part.type) {
      case 'text-start':
      case 'reasoning-start': {
        const kind = part.type === 'text-start' ? 'text' : 'reasoning'
        return [{ type: part.type, id: begin(kind, part.block) }]
      }
      case 'text-delta':
      case 'reasoning-delta': {
        const kind = part.type === 'text-delta' ? 'text' : 'reasoning'
        return [{ type: part.type, id: idOf(kind, part.block), delta: part.text }]
      }
      case 'text-end':
        return [{ type: 'text-end', id: idOf('text', part.block) }]
      case 'reasoning-end':
        return [{ type: 'reasoning-end', id: idOf('reasoning', part.block), ...writeKept(part) }]
      case 'tool-call-start':
        return [{ type: 'tool-input-start', id: part.id, toolName: part.name }]
      case 'tool-call-delta':
        return [{ type: 'tool-input-delta', id: part.id, delta: part.text }]
      case 'tool-call-end': {
        const { id, name, input } = part
        return [
          { type: 'tool-input-end', id },
          { type: 'tool-call', toolCallId: id, toolName: name, input: JSON.stringify(input) },
        ]
      }
      case 'citation':
        return [writeSource(part.citation, `source-${count++}`)]
      case 'media':
        return [writeFile(part)]
      case 'usage':
        usage = part.usage
        return []
      case 'interrupted':
        usage = part.usage ?? usage
        return fail(part.error)
      case 'finish': {
        const { model, requestId } = part
        return [
          {
            type: 'response-metadata',
            ...(model === undefined ? {} : { modelId: model }),
            ...(requestId === undefined ? {} : { id: requestId }),
          },
          { type: 'finish', finishReason: writeFinishReason(part), usage: writeUsage(usage) },
        ]
      }
      case 'raw':
        return includeRaw ? [{ type: 'raw', rawValue: part.frame }] : []
      // Notices, limits and what is to come: the SDK has no part that does not end the answer.
      default:
        return includeRaw ? [{ type: 'raw', rawValue: part }] : []
    }
  }

  return { write, fail }
}
