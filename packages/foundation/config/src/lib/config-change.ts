import { hideSecrets, printAs } from './hide-secrets.ts'
import { isPlainObject } from './is-plain-object.ts'
import { type Outline, outlineAlong } from './outline.ts'
import { formatPath, type Path, valueAt } from './path.ts'
import type { SecretFilter } from './secret-filter.ts'

/** One setting that is different now. Absent values are `undefined`. Prints without secrets. */
export interface SettingChange<Value = unknown> {
  /** `database.port`; `''` is the root. */
  readonly path: string
  /** The value in the last snapshot. */
  readonly before: Value
  /** The value in the new one. */
  readonly after: Value
}

/** What a reload has changed at a path and below it. */
export interface ConfigChange<Value = unknown> extends SettingChange<Value> {
  /** The number of the snapshot that holds `after`. */
  readonly version: number
  /** Each setting that differs. An array is one setting. */
  readonly changes: readonly SettingChange[]
}

/** A snapshot and what prints it without secrets. */
export interface Snapshot {
  readonly version: number
  /** What the sources held. */
  readonly values: unknown
  readonly settings: unknown
  readonly secrets: SecretFilter
}

/** What is different at `path` between two snapshots; `undefined` if nothing is. */
export function compareSnapshots(
  before: Snapshot,
  after: Snapshot,
  path: Path,
  root: Outline,
): ConfigChange | undefined {
  const old = valueAt(before.settings, path)
  const now = valueAt(after.settings, path)
  if (Object.is(old, now)) return undefined
  const changes: SettingChange[] = []
  collectChanges(old, now, path, (...change) => changes.push(printable(toChange(...change), change[2])))
  return printable({ ...toChange(old, now, path), version: after.version, changes: Object.freeze(changes) }, path)

  function printable<Change extends SettingChange>(change: Change, at: Path): Change {
    if (!root.holdsSecret) return Object.freeze(change)
    const outline = outlineAlong(root, at)
    printAs(change, () => ({
      ...change,
      before: hideSecrets(change.before, outline, before.secrets),
      after: hideSecrets(change.after, outline, after.secrets),
    }))
    return Object.freeze(change)
  }
}

function toChange(before: unknown, after: unknown, path: Path): SettingChange {
  return { path: formatPath(path), before, after }
}

function collectChanges(
  before: unknown,
  after: unknown,
  path: Path,
  onChange: (before: unknown, after: unknown, path: Path) => void,
): void {
  if (Object.is(before, after)) return
  if (!isPlainObject(before) || !isPlainObject(after)) return onChange(before, after, path)
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    collectChanges(ownValue(before, key), ownValue(after, key), [...path, key], onChange)
  }
}

function ownValue(members: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(members, key) ? members[key] : undefined
}
