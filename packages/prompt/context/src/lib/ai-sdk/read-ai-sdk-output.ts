import { createHistoryReader } from '../wire/history-reader.ts'
import { aiSdk } from './ai-sdk-message.ts'

const read = createHistoryReader(aiSdk)

/** What a tool answered, and the type of the output where the result alone does not say it. */
export function readAiSdkOutput(given: unknown, path: string): { result: unknown; isError?: true; output?: string } {
  const { type, value, reason } = read.object(given, path)
  switch (type) {
    case 'text':
      return { result: read.text(value, `${path}.value`) }
    case 'json':
      return { result: value ?? null }
    case 'error-text':
      return { result: read.text(value, `${path}.value`), isError: true }
    case 'error-json':
      return { result: value ?? null, isError: true }
    case 'execution-denied':
      return { result: reason ?? null, isError: true, output: type }
    case 'content':
      return { result: read.list(value, `${path}.value`), output: type }
    default:
      throw read.refuse(
        `${path}.type`,
        '"text", "json", "error-text", "error-json", "execution-denied" or "content"',
        type,
      )
  }
}
