import { readFile, stat } from 'node:fs/promises'
import { UnreadableSourceError } from './unreadable-source-error.ts'

/** In bytes. What is larger is no file of settings, and would hold up the process while it is parsed. */
const largest = 16 * 2 ** 20

/** The text of a file in UTF-8, without a byte order mark; `undefined` when there is none. */
export async function readTextFile(path: string, signal: AbortSignal): Promise<string | undefined> {
  const bytes = await readBytes(path, signal)
  try {
    return bytes && new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new UnreadableSourceError('text in UTF-8', 'other bytes')
  }
}

async function readBytes(path: string, signal: AbortSignal): Promise<Uint8Array | undefined> {
  signal.throwIfAborted()
  try {
    // Not read at once: a pipe may have no end, or nobody at its other one.
    const { size } = await expectFile(path)
    if (size <= largest) return await readFile(path, { signal })
    throw new UnreadableSourceError(`a file of at most ${largest} bytes`, `one of ${size}`)
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof UnreadableSourceError) throw error
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'an unknown fault'
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw new UnreadableSourceError('a file that can be read', code)
  }
}

async function expectFile(path: string): Promise<{ size: number }> {
  const found = await stat(path)
  if (found.isFile()) return found
  throw new UnreadableSourceError('a file', found.isDirectory() ? 'a folder' : 'something else, such as a pipe')
}
