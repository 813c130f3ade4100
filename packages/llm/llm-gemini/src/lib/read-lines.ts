import { linkSignal } from '@empire/clock'
import { toNetworkError } from '@empire/llm/client'
import { validateStream } from '@empire/schema'
import * as z from 'zod'
import type { GeminiTransport } from './create-transport.ts'
import { resourceName } from './resource-name.ts'

/** The longest line, in bytes: an answer with pictures. */
const longest = 2 ** 26

/** The values of a file of JSON lines, read as they are pulled; `undefined` for a line that is none. */
export async function* readLines(
  name: string,
  transport: GeminiTransport,
  signal: AbortSignal | undefined,
): AsyncGenerator<unknown, void, undefined> {
  signal?.throwIfAborted()
  const call = linkSignal(signal)
  try {
    const path = `${resourceName('files', name)}:download`
    const { body } = await transport.send({ path, query: { alt: 'media' }, signal: call.signal })
    const lines = validateStream(z.looseObject({}), body ?? [], { format: 'ndjson', maxItemBytes: longest })
    for await (const line of lines) yield line.ok ? line.value : undefined
  } catch (error) {
    throw toNetworkError('Gemini', error, signal)
  } finally {
    call.unlink()
  }
}
