import { createManualClock } from '@empire/test-support/clock'
import { describe, expect, it } from 'vitest'
import { TimeoutError } from './timeout-error.ts'
import { withTimeout } from './with-timeout.ts'

const never = (): Promise<never> => new Promise(() => {})

describe('withTimeout', () => {
  it('gives what the task gives, and leaves no timer behind', async () => {
    const clock = createManualClock()
    await expect(withTimeout(() => 'done', 1000, { clock })).resolves.toBe('done')
    await clock.advance(0)
    expect(clock.waiting).toBe(0)
  })

  it('throws what the task throws, and leaves no timer behind', async () => {
    const clock = createManualClock()
    const failure = new Error('no')
    const thrown = withTimeout(
      () => {
        throw failure
      },
      1000,
      { clock },
    )
    await expect(thrown).rejects.toBe(failure)
    await clock.advance(0)
    expect(clock.waiting).toBe(0)
  })

  it('rejects when the time is over, and tells the task', async () => {
    const clock = createManualClock()
    let seen: AbortSignal | undefined
    const result = withTimeout(
      ({ signal }) => {
        seen = signal
        return never()
      },
      1000,
      { clock },
    )
    const outcome = result.catch((error: unknown) => error)
    await clock.advance(999)
    expect(seen?.aborted).toBe(false)
    await clock.advance(1)
    expect(seen?.reason).toBeInstanceOf(TimeoutError)
    expect(await outcome).toMatchObject({
      name: 'TimeoutError',
      code: 'timeout',
      message: 'Expected an end within 1000 ms, got none. Allow more time, or try again.',
      details: { timeout: 1000 },
      retryable: true,
    })
  })

  it('rejects with the reason of the signal untouched, and tells the task', async () => {
    const clock = createManualClock()
    const controller = new AbortController()
    let seen: AbortSignal | undefined
    const result = withTimeout(
      ({ signal }) => {
        seen = signal
        return never()
      },
      1000,
      { clock, signal: controller.signal },
    )
    controller.abort('enough')
    await expect(result).rejects.toBe('enough')
    expect(seen?.reason).toBe('enough')
    await clock.advance(0)
    expect(clock.waiting).toBe(0)
  })

  it('does not begin when the signal is aborted already', async () => {
    let begun = false
    const result = withTimeout(() => (begun = true), 1000, { signal: AbortSignal.abort('enough') })
    await expect(result).rejects.toBe('enough')
    expect(begun).toBe(false)
  })

  it('drops what a task that does not listen throws later', async () => {
    const clock = createManualClock()
    const task = Promise.withResolvers<never>()
    const result = withTimeout(() => task.promise, 10, { clock })
    const outcome = result.catch((error: unknown) => error)
    await clock.advance(10)
    expect(await outcome).toBeInstanceOf(TimeoutError)
    task.reject(new Error('too late'))
    // An unhandled rejection would fail the run.
    await clock.advance(0)
  })

  it('sets no limit by Infinity', async () => {
    const clock = createManualClock()
    const result = withTimeout(() => clock.sleep(1e12).then(() => 'late'), Infinity, { clock })
    await clock.advance(1e12)
    await expect(result).resolves.toBe('late')
  })

  it.each([
    [undefined, 'withTimeout: "timeout" must be a number of at least 0 or Infinity, got undefined.'],
    [Number.NaN, 'withTimeout: "timeout" must be a number of at least 0 or Infinity, got a number (NaN).'],
    [-1, 'withTimeout: "timeout" must be a number of at least 0 or Infinity, got a number (-1).'],
    ['5', 'withTimeout: "timeout" must be a number of at least 0 or Infinity, got a string ("5").'],
  ])('refuses a timeout of %s', async (timeout, message) => {
    await expect(withTimeout(never, timeout as number)).rejects.toThrow(new TypeError(message))
  })

  it('refuses what is no task, no signal or no clock', async () => {
    await expect(withTimeout(Promise.resolve() as never, 1)).rejects.toThrow(
      'withTimeout: "task" must be a function, got a promise (is an "await" missing?).',
    )
    await expect(withTimeout(never, 1, null as never)).rejects.toThrow(
      new TypeError('withTimeout: "options" must be an object, got null.'),
    )
    await expect(withTimeout(never, 1, { signal: {} as AbortSignal })).rejects.toThrow(
      'withTimeout: "signal" must be an AbortSignal, got an object.',
    )
    await expect(withTimeout(never, 1, { clock: Date as never })).rejects.toThrow(
      'withTimeout: "clock" must be an object with now() and sleep(), got a function.',
    )
  })
})
