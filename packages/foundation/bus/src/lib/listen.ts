import type { Bus, Gap, Subscription } from './bus.ts'

/** What a listener has heard, and ways to wait for more. */
export interface Hearing {
  readonly heard: unknown[]
  readonly gaps: Gap[]
  readonly subscription: Subscription
  until(count: number): Promise<void>
  untilGap(): Promise<void>
}

/** Subscribes a listener that keeps what it hears. */
export async function listen({ subscribe }: Pick<Bus, 'subscribe'>, topic: string): Promise<Hearing> {
  const heard: unknown[] = []
  const gaps: Gap[] = []
  const watchers = new Set<() => void>()

  function until(isReached: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!isReached()) return
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
    until: (count) => until(() => heard.length >= count),
    untilGap: () => until(() => gaps.length > 0),
  }
}
