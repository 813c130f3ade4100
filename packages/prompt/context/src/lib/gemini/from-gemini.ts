import type { Context } from '../context.ts'
import type { ContextOptions } from '../context-options.ts'
import { createHistoryBuilder } from '../wire/history-builder.ts'
import { createHistoryReader } from '../wire/history-reader.ts'
import { type Fields, vendorMetadata } from '../wire/vendor-fields.ts'
import { createGeminiCalls } from './gemini-calls.ts'
import { gemini } from './gemini-content.ts'
import { readGeminiPart } from './read-gemini-part.ts'

/** What `fromGemini` reads: the parameters of a request, or a part of them. */
export interface GeminiHistory {
  readonly systemInstruction?: string | object | undefined
  readonly contents: readonly object[]
}

const read = createHistoryReader(gemini)

/**
 * A context of a history of Gemini. The other way round from `toGemini`: each part is a message of its own. Thoughts are
 * kept with the message behind them, and what only Gemini has a word for, such as signatures, in `metadata.gemini`.
 * Calls without ids get some; their results are then found by the name of the function, in order.
 *
 * `options` are those of the context. Throws `InvalidHistoryError` with the path of what a context has no form for, such
 * as code that the model ran, or media in a response.
 */
export function fromGemini(history: GeminiHistory, options?: ContextOptions): Context {
  const builder = createHistoryBuilder(gemini, options)
  const { systemInstruction, contents } = read.object(history, 'history')
  for (const [part, path] of readInstruction(systemInstruction)) {
    const { input } = readGeminiPart(part, path, 'system')
    builder.add(path, input)
  }
  const calls = createGeminiCalls()
  for (const [index, value] of read.list(contents, 'contents').entries()) {
    const path = `contents[${index}]`
    const { role = 'user', parts } = read.object(value, path)
    if (role !== 'user' && role !== 'model' && role !== 'function') {
      throw read.refuse(`${path}.role`, '"user" or "model"', role)
    }
    let thoughts: Fields[] = []
    for (const [part, at] of readParts(parts, `${path}.parts`)) {
      if (part['thought'] === true && typeof part['text'] === 'string') {
        thoughts.push(part)
        continue
      }
      const { input, fields } = readGeminiPart(calls.identify(part), at, role === 'model' ? 'assistant' : 'user')
      builder.add(at, { ...input, ...vendorMetadata(gemini, thoughts.length === 0 ? fields : { ...fields, thoughts }) })
      thoughts = []
    }
    if (thoughts.length > 0) builder.add(path, { role: 'assistant', raw: '', ...vendorMetadata(gemini, { thoughts }) })
  }
  return builder.context
}

function readInstruction(instruction: unknown): [part: Fields, path: string][] {
  const path = 'systemInstruction'
  if (instruction === undefined || instruction === null) return []
  if (typeof instruction === 'string') return [[{ text: instruction }, path]]
  if (Array.isArray(instruction)) return readParts(instruction, path)
  const content = read.object(instruction, path)
  return 'parts' in content ? readParts(content['parts'], `${path}.parts`) : [[content, path]]
}

function readParts(parts: unknown, path: string): [part: Fields, path: string][] {
  return read.list(parts, path).map((value, index) => {
    const at = `${path}[${index}]`
    return [typeof value === 'string' ? { text: value } : read.object(value, at), at]
  })
}
