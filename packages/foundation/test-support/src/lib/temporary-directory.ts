import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeValue } from '@empire/errors'

/** Where and under which name a directory is made. */
export interface TemporaryDirectoryOptions {
  /** What its name begins with. Default: `empire-`. */
  readonly prefix?: string | undefined
  /** The existing directory in which it is made. Default: that of the operating system for temporary files. */
  readonly parent?: string | undefined
}

/** A new, empty directory. */
export interface TemporaryDirectory extends AsyncDisposable {
  /** Absolute, without symbolic links. */
  readonly path: string
  /** The path of something in it. */
  join(...names: string[]): string
  /** Removes it with all that is in it. A second call does nothing more. */
  remove(): Promise<void>
}

const left = new Set<string>()

/**
 * Makes a directory that removes itself: at the end of the block with `await using`, by `remove()`, and at the latest
 * when the process exits.
 */
export function temporaryDirectory(options: TemporaryDirectoryOptions = {}): TemporaryDirectory {
  const { prefix = 'empire-', parent = tmpdir() } = options
  if (typeof prefix !== 'string' || /[/\\\0]/.test(prefix)) {
    throw new TypeError(`"prefix" must be the beginning of a file name, got ${describeValue(prefix)}.`)
  }
  if (typeof parent !== 'string') throw new TypeError(`"parent" must be a path, got ${describeValue(parent)}.`)
  const path = mkdtempSync(join(realpathSync(parent), prefix))
  if (left.size === 0) process.on('exit', removeLeft)
  left.add(path)

  async function remove(): Promise<void> {
    await rm(path, { recursive: true, force: true, maxRetries: 3 })
    left.delete(path)
    if (left.size === 0) process.off('exit', removeLeft)
  }

  return Object.freeze({
    path,
    join: (...names: string[]) => join(path, ...names),
    remove,
    [Symbol.asyncDispose]: remove,
  })
}

function removeLeft(): void {
  for (const path of left) rmSync(path, { recursive: true, force: true })
}
