import { EventEmitter } from 'node:events'
import { createManualClock } from '@empire/test-support/clock'
import { describe, expect, it } from 'vitest'
import type { Child } from './child.ts'
import { createSupervisor } from './create-supervisor.ts'
import type { SupervisorOptions } from './supervisor.ts'
import { runUntilSignal } from './run-until-signal.ts'

function setUp(child: Partial<Child>, options: Partial<SupervisorOptions> = {}) {
  const clock = createManualClock()
  const process = new EventEmitter()
  const supervisor = createSupervisor({
    name: 'app',
    clock,
    ...options,
    children: [{ name: 'a', start() {}, ...child }],
  })
  return { clock, process, supervisor }
}

function ignore(): Promise<void> {
  return new Promise(() => {})
}

function waitForAbort(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve()))
}

function failOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))
}

describe('runUntilSignal', () => {
  it.each(['SIGINT', 'SIGTERM'])('stops at %s, and takes its listeners off', async (signal) => {
    const { clock, process, supervisor } = setUp({})
    const run = runUntilSignal(supervisor, { process, clock })
    await clock.advance(0)
    expect(supervisor.isReady).toBe(true)
    process.emit(signal)
    await run
    expect(supervisor.tree().state).toBe('stopped')
    expect(process.eventNames()).toEqual([])
    expect(clock.waiting).toBe(0)
  })

  it('stops while it starts', async () => {
    const { clock, process, supervisor } = setUp({ start: failOnAbort })
    const run = runUntilSignal(supervisor, { process, clock })
    await clock.advance(0)
    process.emit('SIGTERM')
    await run
    expect(supervisor.tree().state).toBe('stopped')
  })

  it('cuts off after the deadline what ignores stop, and names it', async () => {
    const { clock, process, supervisor } = setUp({ stop: ignore, stopTimeout: 60_000 })
    const run = runUntilSignal(supervisor, { process, clock, deadline: 2_000 }).catch((error: unknown) => error)
    await clock.advance(0)
    process.emit('SIGTERM')
    await clock.advance(3_000)
    expect(await run).toMatchObject({ code: 'child_stuck', children: ['a'] })
    expect(process.eventNames()).toEqual([])
  })

  it('cuts off at the second signal', async () => {
    const { clock, process, supervisor } = setUp({ stop: waitForAbort })
    const run = runUntilSignal(supervisor, { process, clock })
    await clock.advance(0)
    process.emit('SIGINT')
    process.emit('SIGINT')
    await expect(run).resolves.toBeUndefined()
  })

  it('rejects when the supervisor gives up, or does not start', async () => {
    const broken = { start: () => ({ ended: Promise.reject(new Error('no disk')) }) }
    const { clock, process, supervisor } = setUp(broken, { budget: { limit: 0, within: 1 } })
    await expect(runUntilSignal(supervisor, { process, clock })).rejects.toMatchObject({
      code: 'restart_budget_exceeded',
    })
    const other = setUp({
      start() {
        throw new Error('port in use')
      },
    })
    await expect(runUntilSignal(other.supervisor, other)).rejects.toMatchObject({ code: 'child_failed' })
    expect(process.eventNames()).toEqual([])
  })

  it('takes its listeners off when one of the signals cannot be heard', async () => {
    const { clock, process, supervisor } = setUp({})
    const failure = new Error('uv_signal_start EINVAL')
    const source = {
      off: process.off.bind(process),
      on(signal: string, listener: () => void) {
        if (signal === 'SIGKILL') throw failure
        process.on(signal, listener)
      },
    }
    const signals = ['SIGTERM', 'SIGKILL']
    await expect(runUntilSignal(supervisor, { process: source, clock, signals })).rejects.toBe(failure)
    expect(process.eventNames()).toEqual([])
    expect(supervisor.tree().state).toBe('stopped')
  })

  it.each([
    [{ signals: 'SIGTERM' }, '"signals" must be an array of names such as "SIGTERM", got a string ("SIGTERM").'],
    [{ process: {} }, '"process" must have on() and off(), got an object.'],
    [{ clock: 1 }, '"clock" must have sleep(), got a number (1).'],
  ])('refuses %j', async (options, message) => {
    const { supervisor } = setUp({})
    await expect(runUntilSignal(supervisor, options as never)).rejects.toThrow(new TypeError(message))
    await expect(runUntilSignal({} as never)).rejects.toThrow(
      new TypeError('"supervisor" must have start() and stop(), got an object.'),
    )
  })

  it('refuses a deadline that is none', async () => {
    const { supervisor } = setUp({})
    await expect(runUntilSignal(supervisor, { deadline: Number.NaN })).rejects.toThrow(
      new TypeError('"deadline" must be a number of milliseconds from 0 to 2147483647, got a number (NaN).'),
    )
  })
})
