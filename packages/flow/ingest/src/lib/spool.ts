import { randomUUID } from 'node:crypto'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { writeAll } from './write-all.ts'

/** A temporary file that is written to its end and then read. */
export interface Spool {
  write(bytes: Uint8Array): Promise<void>
  /** All that was written. */
  read(): AsyncGenerator<Uint8Array, void, undefined>
  /** Removes it. A second call does nothing more. */
  close(): Promise<void>
}

const pieceBytes = 256 * 1024

/** A spool whose file is made when it is first written to, and that is gone if the process ends. */
export function openSpool(folder: string): Spool {
  const path = join(folder, `empire-ingest-${randomUUID()}`)
  let file: FileHandle | undefined
  let unlinked = false
  let end = 0

  return {
    async write(bytes) {
      if (file === undefined) {
        file = await open(path, 'wx+', 0o600)
        // An open file lives on without its name, except on Windows.
        unlinked = await rm(path).then(
          () => true,
          () => false,
        )
      }
      end = await writeAll(file, bytes, end)
    },
    async *read() {
      for (let position = 0; position < end;) {
        if (file === undefined) return
        const { bytesRead, buffer } = await file.read(Buffer.allocUnsafeSlow(pieceBytes), 0, pieceBytes, position)
        if (bytesRead === 0) return
        position += bytesRead
        yield buffer.subarray(0, bytesRead)
      }
    },
    async close() {
      const opened = file
      file = undefined
      await opened?.close()
      if (opened !== undefined && !unlinked) await rm(path, { force: true })
    },
  }
}
