import { deepEqual } from 'node:assert/strict'
import type { Bus } from './bus.ts'
import { type BusCase, caseCreator, type CreateCase } from './bus-case.ts'
import { messageCases } from './message-cases.ts'
import { refusalCases } from './refusal-cases.ts'
import { subscriptionCases } from './subscription-cases.ts'

/** The bus under test. */
export interface BusCasesOptions {
  /**
   * Two ends of one new bus: what is published on either is heard on both. For a bus in one process, twice the same
   * object. Each case closes both.
   */
  connect(): readonly [Bus, Bus] | Promise<readonly [Bus, Bus]>
  /**
   * Cuts all connections of the buses and lets them come back. Leave it out for a bus that has none: the cases about
   * lost connections are then left out too.
   */
  readonly interrupt?: (() => Promise<void>) | undefined
  /** How long a case waits for what should come before it fails, in milliseconds. Default: 4,000. */
  readonly patience?: number | undefined
}

/** The promises of a `Bus`, for any test runner: `for (const { name, run } of busCases({ connect })) it(name, run)`. */
export function busCases({ connect, interrupt, patience = 4_000 }: BusCasesOptions): BusCase[] {
  const createCase = caseCreator(connect, patience)
  return [
    ...messageCases(createCase),
    ...subscriptionCases(createCase),
    ...refusalCases(createCase),
    ...(interrupt === undefined ? [] : [interruptionCase(createCase, interrupt)]),
  ]
}

function interruptionCase(createCase: CreateCase, interrupt: () => Promise<void>): BusCase {
  const name = 'tells every listener of the gap after a lost connection, and hears again'
  return createCase(name, async ({ bus, peer, listen }) => {
    const first = await listen(peer, 'news')
    const second = await listen(peer, 'other')
    await interrupt()
    await Promise.all([first.untilGap(), second.untilGap()])
    deepEqual(first.gaps[0], { topic: 'news', reason: 'reconnected' })
    deepEqual(second.gaps[0], { topic: 'other', reason: 'reconnected' })
    const sender = await listen(bus, 'ready')
    await bus.publish('ready', 1)
    await sender.until(1)
    await bus.publish('news', 1)
    await first.until(1)
    deepEqual(first.heard, [1])
  })
}
