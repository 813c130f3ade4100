import { closestName, describeValue } from '@empire/errors'
import { expectKind } from './config-options.ts'
import type { Outline } from './outline.ts'
import { type Path, parsePath } from './path.ts'
import { compareSnapshots, type ConfigChange, type Snapshot } from './config-change.ts'

type Listener = (change: ConfigChange<never>) => void | Promise<void>

/** Who hears of changes, and of which. */
export interface Subscribers {
  /** Returns what ends the subscription. */
  add(path: string, listener: Listener): () => void
  /** Calls those whose settings differ, in the order they came. */
  tell(before: Snapshot, after: Snapshot): void
  clear(): void
}

export function createSubscribers(outline: Outline, onError: (error: unknown) => void): Subscribers {
  const subscribers = new Set<{ readonly path: Path; readonly listener: Listener }>()
  return {
    add(text, listener) {
      if (typeof text !== 'string') throw new TypeError(`path must be a string, got ${describeValue(text)}.`)
      expectKind('listener', listener, 'function')
      const path = parsePath(text)
      expectPlace(path, outline)
      const subscriber = { path, listener }
      subscribers.add(subscriber)
      return () => void subscribers.delete(subscriber)
    },
    tell(before, after) {
      for (const subscriber of Array.from(subscribers)) {
        const change = compareSnapshots(before, after, subscriber.path, outline)
        // It may have left while those before it were told.
        if (change !== undefined && subscribers.has(subscriber)) void call(subscriber.listener, change)
      }
    },
    clear: () => subscribers.clear(),
  }

  async function call(listener: Listener, change: ConfigChange): Promise<void> {
    try {
      await listener(change as ConfigChange<never>)
    } catch (error) {
      onError(error)
    }
  }
}

function expectPlace(path: Path, root: Outline): void {
  let outline = root
  for (const key of path) {
    if (!outline.gives(key)) {
      const meant = closestName(key, outline.keys)
      const hint = meant === undefined ? '' : ` Did you mean ${JSON.stringify(meant)}?`
      throw new TypeError(`path must lead to a setting, and there is no ${JSON.stringify(key)}.${hint}`)
    }
    outline = outline.below(key)
  }
}
