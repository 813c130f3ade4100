import { AssertionError } from 'node:assert/strict'
import type { Bus, Gap, Subscription } from './bus.ts'

/** What a listener has heard, and ways to wait for more. */
export interface Hearing {
  readonly heard: unknown[]
  readonly gaps: Gap[]
  readonly subscription: Subscription
  /** Resolves when so many messages were heard. Rejects with an `AssertionError` when they do not come. */
  until(count: number): Promise<void>
  /** The same for the first gap. */
  untilGap(): Promise<void>
}

/** Subscribes a listener that keeps what it hears, and waits for it no longer than `patience`, in milliseconds. */
export async function listenTo(
  { subscribe }: Pick<Bus, 'subscribe'>,
  topic: string,
  patience: number,
): Promise<Hearing> {
  const heard: unknown[] = []
  const gaps: Gap[] = []
  const watchers = new Set<() => void>()

  function until(isReached: () => boolean, expected: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        watchers.delete(look)
        const came = `${heard.length} messages and ${gaps.length} gaps`
        const message = `Expected ${expected} on ${JSON.stringify(topic)} within ${patience} ms, got ${came}.`
        reject(new AssertionError({ message }))
      }, patience)
      const look = (): void => {
        if (!isReached()) return
        clearTimeout(timer)
        watchers.delete(look)
        resolve()
      }
      watchers.add(look)
      look()
    })
  }

  function add<Item>(list: Item[], item: Item): void {
    list.push(item)
    for (const look of watchers) look()
  }

  const subscription = await subscribe(topic, (payload) => add(heard, payload), { onGap: (gap) => add(gaps, gap) })
  return {
    heard,
    gaps,
    subscription,
    until: (count) => until(() => heard.length >= count, `${count} messages`),
    untilGap: () => until(() => gaps.length > 0, 'a gap'),
  }
}
