import { ModelError, type StreamPart } from '@empire/llm'
import { createTurnRecord } from './blocks/create-turn-record.ts'
import type { AnswerState, OpenBlock } from './blocks/open-block.ts'
import { rawPart } from './blocks/open-block.ts'
import { openOther } from './blocks/open-other.ts'
import { openText } from './blocks/open-text.ts'
import { openThinking } from './blocks/open-thinking.ts'
import { openToolUse } from './blocks/open-tool-use.ts'
import { type BlockDelta, type BlockStart, frameReaders, type Typed } from './frame-readers.ts'
import { readFinishReason } from './read-finish-reason.ts'
import { type ClaudeUsage, mergeUsage, readUsage } from './read-usage.ts'
import { toFrameError } from './to-claude-error.ts'

/** Turns the frames of one answer into parts. */
export interface AnswerReader {
  /** What a frame says. The part `finish` is the last one. Throws a `ModelError` for a frame that is wrong, or is an error. */
  read(frame: unknown): readonly StreamPart[]
}

/** A reader for one answer. Frames, blocks and deltas of unknown types are passed on as `raw`. */
export function createAnswerReader(requestId: string | undefined): AnswerReader {
  const answer: AnswerState = { textLength: 0, broken: undefined, turn: createTurnRecord() }
  const open = new Map<number, OpenBlock>()
  let model: string | undefined
  let usage: ClaudeUsage = {}
  let stopReason: string | undefined
  let end: Readonly<Record<string, unknown>> = {}

  function count(more: ClaudeUsage | null | undefined): readonly StreamPart[] {
    if (more === null || more === undefined) return []
    usage = mergeUsage(usage, more)
    return [{ type: 'usage', usage: readUsage(usage) }]
  }

  function blockAt(index: number): OpenBlock {
    const block = open.get(index)
    if (block !== undefined) return block
    throw new ModelError('invalid_response', `Claude went on with block ${index} of its answer, which is not open.`, {
      details: { path: 'index' },
    })
  }

  function startBlock(frame: unknown): readonly StreamPart[] {
    const start = frameReaders.blockStart.check(frame)
    const block = openBlock(start, answer)
    open.set(start.index, block)
    return block.parts
  }

  function endBlock(frame: unknown): readonly StreamPart[] {
    const { index } = frameReaders.blockStop.check(frame)
    const block = blockAt(index)
    open.delete(index)
    return block.end()
  }

  function endMessage(frame: unknown): readonly StreamPart[] {
    const { delta, usage: counts } = frameReaders.messageDelta.check(frame)
    stopReason = delta.stop_reason ?? stopReason
    end = { ...end, ...readEnd(delta) }
    const parts = count(counts)
    if (answer.broken === undefined) return parts
    if (stopReason === undefined || readFinishReason(stopReason) !== 'length') throw answer.broken
    return [{ type: 'error', error: answer.broken }, ...parts]
  }

  function finish(): readonly StreamPart[] {
    return [
      ...answer.turn.parts(),
      {
        type: 'finish',
        reason: readFinishReason(stopReason ?? ''),
        ...(stopReason === undefined ? {} : { vendorReason: stopReason }),
        ...(Object.keys(end).length === 0 ? {} : { vendor: end }),
        ...(model === undefined ? {} : { model }),
        ...(requestId === undefined ? {} : { requestId }),
      },
    ]
  }

  return {
    read(given) {
      const frame = isTyped(given) ? given : frameReaders.frame.check(given)
      switch (frame.type) {
        case 'message_start': {
          const { message } = frameReaders.messageStart.check(frame)
          ;({ model } = message)
          return count(message.usage)
        }
        case 'content_block_start':
          return startBlock(frame)
        case 'content_block_delta': {
          // That of each type checks the whole frame: once is enough for the most frequent one.
          const delta = isDelta(frame) ? frame : frameReaders.blockDelta.check(frame)
          return blockAt(delta.index).add(delta)
        }
        case 'content_block_stop':
          return endBlock(frame)
        case 'message_delta':
          return endMessage(frame)
        case 'message_stop':
          return finish()
        case 'ping':
          return []
        case 'error':
          throw toFrameError('Claude broke the answer off', frame, requestId)
        default:
          return [rawPart(frame)]
      }
    },
  }
}

/** What is said of the end beside its reason: the stop sequence, why Claude refuses, where its programs ran. */
function readEnd(delta: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const said = ['stop_sequence', 'stop_details', 'container'].map((name) => [name, delta[name]] as const)
  return Object.fromEntries(said.filter(([, value]) => value !== undefined && value !== null))
}

function openBlock(start: BlockStart, answer: AnswerState): OpenBlock {
  switch (start.content_block.type) {
    case 'text':
      return openText(start, answer)
    case 'thinking':
      return openThinking(start, answer)
    case 'tool_use':
      return openToolUse(start, answer)
    default:
      return openOther(start, answer)
  }
}

function isTyped(frame: unknown): frame is Typed {
  return typeof frame === 'object' && frame !== null && 'type' in frame && typeof frame.type === 'string'
}

function isDelta(frame: Typed): frame is BlockDelta & Typed {
  return Number.isSafeInteger(frame['index']) && isTyped(frame['delta'])
}
