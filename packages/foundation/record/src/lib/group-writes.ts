import { recordEvents } from './record-events.ts'

interface Waiting<Item> {
  readonly item: Item
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/** Writes that run one at a time, each with all that came while the last one ran. */
export interface GroupedWrites<Item> {
  /** Resolves when the item is written. */
  readonly add: (item: Item) => Promise<void>
  /** Resolves when nothing is waiting. */
  readonly idle: () => Promise<void>
}

/** After a write that fails, every later one fails with the same error: what follows would not fit what is stored. */
export function groupWrites<Item>(
  store: 'jsonl' | 'sqlite',
  write: (items: readonly Item[]) => Promise<void>,
): GroupedWrites<Item> {
  let waiting: Waiting<Item>[] = []
  let running: Promise<void> | undefined
  let failure: { readonly error: unknown } | undefined

  async function run(): Promise<void> {
    // What is added in the same turn is written in the same group.
    await Promise.resolve()
    while (waiting.length > 0) {
      const group = waiting
      waiting = []
      await writeGroup(group)
    }
    running = undefined
  }

  async function writeGroup(group: readonly Waiting<Item>[]): Promise<void> {
    try {
      if (failure !== undefined) throw failure.error
      const start = performance.now()
      await write(group.map(({ item }) => item))
      recordEvents.write.publish({ store, steps: group.length, duration: performance.now() - start })
      for (const { resolve } of group) resolve()
    } catch (error) {
      failure ??= { error }
      recordEvents.failure.publish({ store, steps: group.length, error })
      for (const { reject } of group) reject(error)
    }
  }

  return {
    add: (item) =>
      new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject })
        running ??= run()
      }),
    async idle() {
      await running
    },
  }
}
