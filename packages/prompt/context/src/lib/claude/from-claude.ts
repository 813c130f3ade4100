import type { Context } from '../context.ts'
import type { ContextOptions } from '../context-options.ts'
import { createHistoryBuilder, type HistoryBuilder } from '../wire/history-builder.ts'
import { createHistoryReader } from '../wire/history-reader.ts'
import { type Fields, otherFields, vendorMetadata } from '../wire/vendor-fields.ts'
import { claude, isServerBlock, isThinking } from './claude-message.ts'
import { isPlainText, readClaudeMedia, readClaudeUpload } from './read-claude-media.ts'

/** What `fromClaude` reads: the parameters of a request, or a part of them. */
export interface ClaudeHistory {
  readonly system?: string | readonly object[] | undefined
  /** Answers are messages too. */
  readonly messages: readonly object[]
}

const read = createHistoryReader(claude)

/**
 * A context of a history of the Messages API. The other way round from `toClaude`: each block is a message of its own.
 * Thinking, and what the API's own tools did, is kept with the message behind it, and what only Claude has a word for in
 * `metadata.claude`. A result of more than one text is the list of its blocks.
 *
 * `options` are those of the context. Throws `InvalidHistoryError` with the path of what a context has no form for, such
 * as a search result.
 */
export function fromClaude(history: ClaudeHistory, options?: ContextOptions): Context {
  const builder = createHistoryBuilder(claude, options)
  const { system, messages } = read.object(history, 'history')
  if (system !== undefined && system !== null) readTexts(system, 'system', 'system', builder)
  for (const [index, value] of read.list(messages, 'messages').entries()) {
    const path = `messages[${index}]`
    const { role, content } = read.object(value, path)
    if (role === 'system') readTexts(content, `${path}.content`, role, builder)
    else if (role === 'user') readUser(content, `${path}.content`, builder)
    else if (role === 'assistant') readAnswer(content, `${path}.content`, builder)
    else throw read.refuse(`${path}.role`, '"user", "assistant" or "system"', role)
  }
  return builder.context
}

function readTexts(content: unknown, path: string, role: 'system', builder: HistoryBuilder): void {
  if (typeof content === 'string') return builder.add(path, { role, raw: content })
  for (const [block, at] of readBlocks(content, path)) {
    if (block['type'] !== 'text') throw read.refuse(`${at}.type`, '"text"', block['type'])
    builder.add(at, { role, raw: read.text(block['text'], `${at}.text`), ...keep(block, ['text']) })
  }
}

function readUser(content: unknown, path: string, builder: HistoryBuilder): void {
  if (typeof content === 'string') return builder.add(path, { role: 'user', raw: content })
  for (const [block, at] of readBlocks(content, path)) {
    if (block['type'] === 'tool_result') readResult(block, at, builder)
    else if (block['type'] === 'container_upload')
      builder.add(at, { ...readClaudeUpload(block, at), ...keep(block, ['file_id']) })
    else if (block['type'] !== 'text') builder.add(at, { ...readClaudeMedia(block, at), ...keep(block, ['source']) })
    else builder.add(at, { role: 'user', raw: read.text(block['text'], `${at}.text`), ...keep(block, ['text']) })
  }
}

function readResult(block: Fields, path: string, builder: HistoryBuilder): void {
  const { tool_use_id: id, content, is_error: failed } = block
  const { result, blocks } = readResultContent(content, `${path}.content`)
  builder.add(path, {
    role: 'tool_result',
    callId: read.text(id, `${path}.tool_use_id`),
    result,
    ...(failed === true ? { isError: true } : {}),
    ...keep(block, ['tool_use_id', 'content', 'is_error'], blocks ? { blocks } : {}),
  })
}

function readResultContent(content: unknown, path: string): { result: unknown; blocks: boolean } {
  if (content === undefined || content === null) return { result: '', blocks: false }
  if (typeof content === 'string') return { result: content, blocks: false }
  const blocks = readBlocks(content, path).map(([block, at]) => {
    if (block['type'] === 'text') read.text(block['text'], `${at}.text`)
    else readClaudeMedia(block, at)
    return block
  })
  const [only] = blocks
  if (only === undefined) return { result: '', blocks: false }
  return blocks.length === 1 && isPlainText(only)
    ? { result: only['text'], blocks: false }
    : { result: blocks, blocks: true }
}

function readAnswer(content: unknown, path: string, builder: HistoryBuilder): void {
  if (typeof content === 'string') return builder.add(path, { role: 'assistant', raw: content })
  const thinking: Fields[] = []
  const take = () => (thinking.length === 0 ? {} : { thinking: thinking.splice(0) })
  for (const [block, at] of readBlocks(content, path)) {
    if (isThinking(block) || isServerBlock(block)) {
      thinking.push(block)
    } else if (block['type'] === 'tool_use') {
      const { id, name, input } = block
      builder.add(at, {
        role: 'tool',
        callId: read.text(id, `${at}.id`),
        tool: read.text(name, `${at}.name`),
        args: read.object(input, `${at}.input`),
        ...keep(block, ['id', 'name', 'input'], take()),
      })
    } else if (block['type'] === 'text') {
      const raw = read.text(block['text'], `${at}.text`)
      builder.add(at, { role: 'assistant', raw, ...keep(block, ['text'], take()) })
    } else {
      throw read.refuse(`${at}.type`, '"text", "tool_use", "thinking" or "redacted_thinking"', block['type'])
    }
  }
  if (thinking.length > 0) builder.add(path, { role: 'assistant', raw: '', ...vendorMetadata(claude, take()) })
}

function readBlocks(content: unknown, path: string): [block: Fields, path: string][] {
  return read.list(content, path).map((value, index) => {
    const at = `${path}[${index}]`
    return [read.object(value, at), at]
  })
}

function keep(block: Fields, known: readonly string[], more: Fields = {}): ReturnType<typeof vendorMetadata> {
  return vendorMetadata(claude, { ...otherFields(block, ['type', ...known]), ...more })
}
