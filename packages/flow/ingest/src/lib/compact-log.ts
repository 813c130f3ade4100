import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import type { LogContents, Stretch } from './read-log-contents.ts'
import { writeAll } from './write-all.ts'

const pieceBytes = 256 * 1024
/** A file is not worth to be written anew for less. */
const leastWaste = 1024 * 1024

/** Whether more than half of a log is of documents that do not count any more. */
export function isWasteful({ live, end }: LogContents): boolean {
  let waste = end
  for (const stretch of live.values()) waste -= stretch.end - stretch.start
  return waste > leastWaste && waste > end / 2
}

/**
 * Writes a log anew with its first line and what counts, and gives its size; the old file stands until the new one is whole.
 */
export async function compactLog(path: string, firstLine: string, { live }: LogContents): Promise<number> {
  const temporary = `${path}.new`
  const from = await open(path, 'r')
  let position = 0
  try {
    const to = await open(temporary, 'w', 0o600)
    try {
      position = await writeAll(to, Buffer.from(firstLine), 0)
      for (const stretch of [...live.values()].toSorted((a, b) => a.start - b.start)) {
        position = await copy(from, to, stretch, position)
      }
      await to.datasync()
    } finally {
      await to.close()
    }
    await rename(temporary, path)
    return position
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  } finally {
    await from.close()
  }
}

async function copy(from: FileHandle, to: FileHandle, { start, end }: Stretch, position: number): Promise<number> {
  const buffer = Buffer.allocUnsafe(Math.min(pieceBytes, end - start))
  let written = position
  for (let at = start; at < end;) {
    const { bytesRead } = await from.read(buffer, 0, Math.min(buffer.length, end - at), at)
    if (bytesRead === 0) throw new Error('the file became shorter while it was read')
    written = await writeAll(to, buffer.subarray(0, bytesRead), written)
    at += bytesRead
  }
  return written
}
