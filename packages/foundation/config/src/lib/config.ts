import type { SettingAt, SettingPath } from './path-types.ts'
import type { ConfigChange } from './config-change.ts'

/** Validated settings that may change while the program runs. Methods work without the object. */
export interface Config<Values> {
  /**
   * The settings as they are now: a frozen snapshot that never changes. After a reload it is another one, in which
   * unchanged parts are the same objects.
   *
   * Secrets are values like others, but `console.log` and `JSON.stringify` print `[redacted]` in their place.
   */
  get(): Values
  /** The number of the snapshot: 1 at first, one more with each change. */
  readonly version: number
  /**
   * Loads all sources again, and swaps the snapshot if something has changed. Resolves, after the listeners were called,
   * to what has changed.
   *
   * @throws {InvalidConfigError} when the settings cannot be used. The last snapshot stays.
   * @throws {ConfigClosedError} after `close()`.
   */
  reload(options?: ReloadOptions): Promise<ConfigChange<Values> | undefined>
  /**
   * Calls `listener` after each reload that has changed the setting at `path` or below: `database`,
   * `database.pool.size`, `models["gpt-4.1"].price`; `''` for all. Returns what ends it.
   *
   * @throws {TypeError} for a path that the schema has no place for.
   * @throws {ConfigClosedError} after `close()`.
   */
  subscribe<Path extends SettingPath<Values>>(
    path: Path,
    listener: (change: ConfigChange<SettingAt<Values, Path>>) => void | Promise<void>,
  ): () => void
  /** Stops watching and listening, and drops all listeners. `get()` keeps the last snapshot. A second call does nothing more. */
  close(): Promise<void>
  /** The same as `close()`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>
}

/** How a reload is waited for. */
export interface ReloadOptions {
  /** Gives up waiting. A reload that has begun goes on. */
  signal?: AbortSignal | undefined
}
