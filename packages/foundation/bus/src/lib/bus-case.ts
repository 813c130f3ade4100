import type { Bus } from './bus.ts'
import { type Hearing, listenTo } from './listen-to.ts'

/** One promise of a contract: `run` rejects if it is not kept. */
export interface BusCase {
  readonly name: string
  /** Rejects with an `AssertionError` that says what came instead. */
  run(): Promise<void>
}

/** What a case is tried with. */
export interface BusCaseTools {
  readonly bus: Bus
  /** The other end. */
  readonly peer: Bus
  /** Subscribes a listener that keeps what it hears. */
  listen(bus: Pick<Bus, 'subscribe'>, topic: string): Promise<Hearing>
  /** Resolves when all that `bus` has published before has reached the idle listeners of `peer`. */
  passMarker(): Promise<void>
}

/** A case whose buses are closed at its end. */
export type CreateCase = (name: string, run: (tools: BusCaseTools) => Promise<void>) => BusCase

/** @param patience How long a case waits for what should come, in milliseconds. */
export function caseCreator(
  connect: () => readonly [Bus, Bus] | Promise<readonly [Bus, Bus]>,
  patience: number,
): CreateCase {
  return (name, run) => ({
    name,
    async run() {
      const [bus, peer] = await connect()
      try {
        await run({
          bus,
          peer,
          listen: (end, topic) => listenTo(end, topic, patience),
          passMarker: () => passMarker(bus, peer, patience),
        })
      } finally {
        await Promise.all([bus.close(), peer.close()])
      }
    },
  })
}

async function passMarker(bus: Bus, peer: Bus, patience: number): Promise<void> {
  const { subscription, until } = await listenTo(peer, 'marker', patience)
  await bus.publish('marker', null)
  await until(1)
  await subscription.unsubscribe()
}
