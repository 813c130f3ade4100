import type { Clock } from '@empire/clock'
import { createLimiter, type Limiter } from '@empire/resilience'

/** Lets requests to each host through, no more and no faster than is polite. */
export interface HostGate {
  /**
   * Runs `task` when its host is ready for it.
   *
   * @param delay Milliseconds between this start and the next.
   */
  run<Value>(
    host: string,
    task: () => Promise<Value>,
    options: { readonly delay: number; readonly signal?: AbortSignal | undefined },
  ): Promise<Value>
  /** Lets nothing through to a host for so many milliseconds. */
  pause(host: string, ms: number): void
  /** How many milliseconds a host is still left alone. */
  pauseOf(host: string): number
}

interface Host {
  readonly limiter: Limiter
  /** Of those in the gate and before it. */
  users: number
  /** When the next request may start. */
  next: number
  pausedUntil: number
}

/** How many hosts are remembered that nothing is asked of at present. */
const mostHosts = 1_000

/** A gate that every request of a source goes through. */
export function createHostGate({ concurrency, clock }: { concurrency: number; clock: Clock }): HostGate {
  const hosts = new Map<string, Host>()

  function find(name: string): Host {
    let host = hosts.get(name)
    if (host !== undefined) return host
    if (hosts.size >= mostHosts) {
      const now = clock.now()
      const idle = [...hosts].find(
        ([, { users, next, pausedUntil }]) => users === 0 && next <= now && pausedUntil <= now,
      )
      if (idle !== undefined) hosts.delete(idle[0])
    }
    host = { limiter: createLimiter({ concurrency, clock }), users: 0, next: 0, pausedUntil: 0 }
    hosts.set(name, host)
    return host
  }

  async function turn(host: Host, delay: number, signal: AbortSignal | undefined): Promise<void> {
    for (;;) {
      const now = clock.now()
      const start = Math.max(host.next, host.pausedUntil)
      if (start <= now) {
        host.next = now + delay
        return
      }
      // Others may be first after the wait.
      await clock.sleep(start - now, { signal })
    }
  }

  return {
    async run(name, task, { delay, signal }) {
      const host = find(name)
      host.users++
      try {
        return await host.limiter.run(
          async () => {
            await turn(host, delay, signal)
            return task()
          },
          { signal },
        )
      } finally {
        host.users--
      }
    },
    pause(name, ms) {
      const host = find(name)
      host.pausedUntil = Math.max(host.pausedUntil, clock.now() + ms)
    },
    pauseOf: (name) => Math.max(0, (hosts.get(name)?.pausedUntil ?? 0) - clock.now()),
  }
}
