import { createManualClock, type ManualClock } from '@empire/test-support/clock'
import { createAggregator } from '@empire/telemetry'
import { describe, expect, it } from 'vitest'
import type { Child } from './child.ts'
import { ChildFailedError } from './child-failed-error.ts'
import { ChildStuckError } from './child-stuck-error.ts'
import type { Tree } from './tree.ts'
import { createSupervisor } from './create-supervisor.ts'
import { lifecycleEvents } from './lifecycle-events.ts'
import type { SupervisorOptions } from './supervisor.ts'
import { RestartBudgetError } from './restart-budget-error.ts'
import { StartTimeoutError } from './start-timeout-error.ts'

/** Children that write down what becomes of them, and fail when told to. */
function createCrew() {
  const log: string[] = []
  const lives = new Map<string, PromiseWithResolvers<void>>()

  function member(name: string, settings: Partial<Child> = {}): Child {
    return {
      name,
      start() {
        log.push(`+${name}`)
        const life = Promise.withResolvers<void>()
        lives.set(name, life)
        return { ended: life.promise }
      },
      stop() {
        log.push(`-${name}`)
        lives.get(name)?.resolve()
      },
      ...settings,
    }
  }

  return {
    log,
    member,
    fail: (name: string, error: unknown = new Error(`${name} broke`)) => lives.get(name)?.reject(error),
    reject: (name: string, error: unknown) => lives.get(name)?.reject(error),
    end: (name: string) => lives.get(name)?.resolve(),
  }
}

function unreadable(): Error {
  return Object.defineProperty(new Error('x'), 'code', {
    get: () => {
      throw new Error('a fault of its own')
    },
  })
}

function waitForAbort(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve()))
}

function createSut(clock: ManualClock, options: Partial<SupervisorOptions> & Pick<SupervisorOptions, 'children'>) {
  return createSupervisor({ name: 'app', clock, ...options })
}

describe('createSupervisor', () => {
  it('starts each child after those it needs, and stops them in the reverse order', async () => {
    const { log, member } = createCrew()
    const supervisor = createSut(createManualClock(), {
      children: [
        member('web', { needs: ['cache', 'database'] }),
        member('cache', { needs: ['database'] }),
        member('database'),
      ],
    })
    await supervisor.start()
    expect(log).toEqual(['+database', '+cache', '+web'])
    await supervisor.stop()
    expect(log.slice(3)).toEqual(['-web', '-cache', '-database'])
  })

  it.each([
    ['one-for-one', ['-b', '+b']],
    ['rest-for-one', ['-c', '-b', '+b', '+c']],
    ['one-for-all', ['-c', '-b', '-a', '+a', '+b', '+c']],
  ] as const)('starts again what %s says', async (strategy, expected) => {
    const clock = createManualClock()
    const { log, member, fail } = createCrew()
    const supervisor = createSut(clock, { strategy, children: ['a', 'b', 'c'].map((name) => member(name)) })
    await supervisor.start()
    fail('b')
    await clock.advance(100)
    expect(log.slice(3)).toEqual(expected)
    await supervisor.stop()
  })

  it('pauses before each restart, twice as long each time, up to the most', async () => {
    const clock = createManualClock()
    const { log, member, fail } = createCrew()
    const starts: number[] = []
    const supervisor = createSut(clock, {
      children: [member('a')],
      backoff: { initial: 100, most: 400 },
      onEvent: ({ type }) => type === 'child-started' && starts.push(clock.now()),
    })
    await supervisor.start()
    for (const pause of [100, 200, 400, 400]) {
      fail('a')
      await clock.advance(pause)
    }
    expect(starts).toEqual([0, 100, 300, 700, 1_100])
    expect(log).toHaveLength(9)
    await supervisor.stop()
  })

  it('gives up when children fail more often than the budget allows, and stops all others', async () => {
    const clock = createManualClock()
    const { log, member, fail } = createCrew()
    const supervisor = createSut(clock, { children: [member('a'), member('b')], budget: { limit: 1, within: 1_000 } })
    const { ended } = await supervisor.start()
    const cause = new Error('no disk')
    fail('b')
    await clock.advance(100)
    fail('b', cause)
    const error = await ended.catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(RestartBudgetError)
    expect(error).toMatchObject({
      code: 'restart_budget_exceeded',
      cause,
      message:
        'Expected the children of "app" to need at most 1 restarts within 1000 ms, but "b" failed once more; all were stopped. See the cause.',
    })
    expect(log).toEqual(['+a', '+b', '-b', '+b', '-b', '-a'])
  })

  it('forgets restarts after the time of the budget', async () => {
    const clock = createManualClock()
    const { log, member, fail } = createCrew()
    const supervisor = createSut(clock, { children: [member('a')], budget: { limit: 1, within: 1_000 } })
    await supervisor.start()
    for (const _ of [1, 2, 3]) {
      fail('a')
      await clock.advance(1_000)
    }
    expect(log).toEqual(['+a', '-a', '+a', '-a', '+a', '-a', '+a'])
    await supervisor.stop()
  })

  it('lets a nested supervisor escalate to the one above', async () => {
    const clock = createManualClock()
    const { log, member, fail } = createCrew()
    const workers = createSut(clock, { name: 'workers', children: [member('w')], budget: { limit: 0, within: 1_000 } })
    const supervisor = createSut(clock, { strategy: 'rest-for-one', children: [member('a'), workers, member('z')] })
    await supervisor.start()
    fail('w')
    await clock.advance(100)
    expect(log).toEqual(['+a', '+w', '+z', '-w', '-z', '+w', '+z'])
    expect(supervisor.isReady).toBe(true)
    await supervisor.stop()
    expect(log.slice(7)).toEqual(['-z', '-w', '-a'])
  })

  it.each([
    ['always', 'end', true],
    ['on-failure', 'end', false],
    ['on-failure', 'fail', true],
    ['never', 'end', false],
    ['never', 'fail', false],
  ] as const)('with restart "%s", after %s, starts again: %s', async (restart, how, isRestarted) => {
    const clock = createManualClock()
    const crew = createCrew()
    const supervisor = createSut(clock, { children: [crew.member('a', { restart })] })
    await supervisor.start()
    crew[how]('a')
    await clock.advance(100)
    expect(crew.log).toEqual(isRestarted ? ['+a', '-a', '+a'] : ['+a', '-a'])
    expect(supervisor.tree().children?.[0]?.state).toBe(isRestarted ? 'ready' : 'ended')
    await supervisor.stop()
  })

  it('stops what has started when a child does not start, in order', async () => {
    const { log, member } = createCrew()
    const cause = new Error('port in use')
    const start = (): never => {
      throw cause
    }
    const supervisor = createSut(createManualClock(), { children: [member('a'), member('b', { start }), member('c')] })
    const error = await supervisor.start().catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(ChildFailedError)
    expect(error).toMatchObject({
      code: 'child_failed',
      cause,
      message: 'Expected "b" of "app" to start, but it failed; what had started was stopped. See the cause.',
    })
    expect(log).toEqual(['+a', '-a'])
  })

  it('counts a restart that fails as a failure', async () => {
    const clock = createManualClock()
    const { log, member, fail } = createCrew()
    let attempts = 0
    const child = member('a')
    const supervisor = createSut(clock, {
      children: [
        {
          ...child,
          start(signal) {
            attempts += 1
            if (attempts === 2 || attempts === 3) throw new Error('not yet')
            return child.start(signal)
          },
        },
      ],
    })
    await supervisor.start()
    fail('a')
    await clock.advance(100 + 200 + 400)
    expect(log).toEqual(['+a', '-a', '+a'])
    expect(supervisor.tree().children).toEqual([{ name: 'a', state: 'ready', restarts: 3, lastFailure: 'Error' }])
    await supervisor.stop()
  })

  it('gives a child that takes too long to start up, and ends it when it comes after all', async () => {
    const clock = createManualClock()
    const { log, member } = createCrew()
    const opened = Promise.withResolvers<void>()
    const signals: AbortSignal[] = []
    const supervisor = createSut(clock, {
      children: [member('a', { startTimeout: 50, start: (signal) => (signals.push(signal), opened.promise) })],
    })
    const started = supervisor.start().catch((reason: unknown) => reason)
    await clock.advance(50)
    expect(signals[0]?.aborted).toBe(true)
    opened.resolve()
    const error = (await started) as ChildFailedError
    expect(error.cause).toBeInstanceOf(StartTimeoutError)
    expect(error.cause).toMatchObject({
      message: 'Expected "a" to start within 50 ms, but it has not. Raise "startTimeout", or resolve "start" sooner.',
    })
    expect(log).toEqual(['-a'])
  })

  it('names the children that ignore stop, those of nested supervisors too, and ends all others', async () => {
    const clock = createManualClock()
    const { log, member } = createCrew()
    const signals: AbortSignal[] = []
    const deaf = (signal: AbortSignal): Promise<void> => {
      signals.push(signal)
      return new Promise(() => {})
    }
    const workers = createSut(clock, { name: 'workers', children: [member('mail', { stop: deaf })] })
    const supervisor = createSut(clock, { children: [member('a'), workers, member('b', { stop: deaf })] })
    await supervisor.start()
    const stopped = supervisor.stop().catch((reason: unknown) => reason)
    await clock.advance(5_000)
    expect(signals.map(({ aborted }) => aborted)).toEqual([true])
    await clock.advance(1_000 + 6_000)
    const error = await stopped
    expect(error).toBeInstanceOf(ChildStuckError)
    expect(error).toMatchObject({
      code: 'child_stuck',
      children: ['b', 'workers/mail'],
      message:
        'Expected every child to stop in time, but still running: "b", "workers/mail". Let "start" and "stop" obey their signals.',
    })
    expect(log).toEqual(['+a', '+mail', '+b', '-a'])
    await expect(supervisor.start()).rejects.toThrow(ChildStuckError)
  })

  it('does not start a child beside itself when it ignores stop, but gives up', async () => {
    const clock = createManualClock()
    const { log, member, fail } = createCrew()
    const supervisor = createSut(clock, {
      strategy: 'one-for-all',
      children: [member('a'), member('b', { stop: () => new Promise(() => {}) })],
    })
    const { ended } = await supervisor.start()
    const error = ended.catch((reason: unknown) => reason)
    fail('a')
    await clock.advance(6_000)
    expect(await error).toMatchObject({ code: 'child_stuck', children: ['b'] })
    expect(log).toEqual(['+a', '+b', '-a'])
  })

  it('does not say that all were stopped when a start fails and somebody is stuck, but names them', async () => {
    const clock = createManualClock()
    const { log, member } = createCrew()
    const cause = new Error('port in use')
    const inner = createSut(clock, {
      name: 'inner',
      children: [
        member('deaf', { stop: () => new Promise(() => {}) }),
        member('bad', { start: () => Promise.reject(cause) }),
      ],
    })
    const supervisor = createSut(clock, { children: [member('a'), inner] })
    const started = supervisor.start().catch((reason: unknown) => reason)
    await clock.advance(6_000)
    expect(await started).toMatchObject({
      code: 'child_stuck',
      children: ['inner/deaf'],
      message:
        'Expected every child to stop in time, but still running: "inner/deaf". Let "start" and "stop" obey their signals.',
      cause: { code: 'child_failed', cause: { code: 'child_stuck', cause: { code: 'child_failed', cause } } },
    })
    expect(log).toEqual(['+a', '+deaf', '-a'])
    await expect(supervisor.stop()).rejects.toMatchObject({ children: ['inner/deaf'] })
  })

  it('names who is stuck in a nested supervisor that is stopped while it starts', async () => {
    const clock = createManualClock()
    const { member } = createCrew()
    const slow = member('slow', { start: () => new Promise(() => {}) })
    const inner = createSut(clock, { name: 'inner', children: [slow] })
    const supervisor = createSut(clock, { children: [inner] })
    const started = supervisor.start().catch((reason: unknown) => reason)
    await clock.advance(0)
    const stopped = supervisor.stop().catch((reason: unknown) => reason)
    await clock.advance(6_000)
    expect(await stopped).toMatchObject({ code: 'child_stuck', children: ['inner/slow'] })
    expect(await started).toMatchObject({ code: 'child_stuck', cause: { name: 'AbortError' } })
  })

  it('names who is stuck at its end, when a signal has stopped it', async () => {
    const clock = createManualClock()
    const app = createSut(clock, { children: [{ name: 'deaf', start() {}, stop: () => new Promise(() => {}) }] })
    const controller = new AbortController()
    const { ended } = await app.start(controller.signal)
    const end = ended.catch((error: unknown) => error)
    controller.abort(new Error('enough'))
    await clock.advance(6_000)
    expect(await end).toMatchObject({ code: 'child_stuck', children: ['deaf'], cause: { message: 'enough' } })
  })

  it('tells of the start of a child before it tells of its end', async () => {
    const clock = createManualClock()
    const events: string[] = []
    const brief: Child = { name: 'brief', restart: 'never', start: () => ({ ended: Promise.resolve() }) }
    const app = createSut(clock, { children: [brief], onEvent: ({ type }) => events.push(type) })
    await app.start()
    expect(events).toEqual(['child-started', 'child-ended', 'child-stopped'])
    await app.stop()
  })

  it('names who is stuck when it gives up, with the failure as the cause', async () => {
    const clock = createManualClock()
    const { member, reject } = createCrew()
    const supervisor = createSut(clock, {
      budget: { limit: 0, within: 1 },
      children: [member('deaf', { stop: () => new Promise(() => {}) }), member('bad')],
    })
    const { ended } = await supervisor.start()
    const error = ended.catch((reason: unknown) => reason)
    reject('bad', undefined)
    await clock.advance(6_000)
    expect(await error).toMatchObject({
      code: 'child_stuck',
      children: ['deaf'],
      cause: { code: 'restart_budget_exceeded' },
    })
  })

  it('waits no longer than forceTimeout for a child without a limit to stop in', async () => {
    const clock = createManualClock()
    const { member } = createCrew()
    const supervisor = createSut(clock, {
      children: [member('deaf', { stopTimeout: Infinity, forceTimeout: 50, stop: () => new Promise(() => {}) })],
    })
    await supervisor.start()
    const controller = new AbortController()
    const stopped = supervisor.stop(controller.signal).catch((reason: unknown) => reason)
    await clock.advance(1_000_000)
    controller.abort()
    await clock.advance(50)
    expect(await stopped).toMatchObject({ code: 'child_stuck', children: ['deaf'] })
  })

  it('starts, asks, shows and stops a tree five thousand levels deep', { timeout: 60_000 }, async () => {
    let supervisor = createSupervisor({ name: 'leaf', children: [{ name: 'work', start() {} }] })
    let printed = ''
    for (let depth = 0; depth < 5_000; depth++) {
      supervisor = createSupervisor({ name: `s${depth}`, children: [supervisor] })
      // Each line stands a step further to the right than that above it.
      if (depth === 1_000) printed = String(supervisor)
    }
    expect(printed.split('\n')).toHaveLength(1_003)
    await supervisor.start()
    const states: string[] = []
    for (let tree: Tree | undefined = supervisor.tree(); tree !== undefined; tree = tree.children?.[0]) {
      states.push(tree.state)
    }
    expect(states).toEqual(Array.from({ length: 5_002 }, () => 'ready'))
    expect([supervisor.isReady, (await supervisor.health()).isHealthy]).toEqual([true, true])
    await supervisor.stop()
    expect(supervisor.tree().state).toBe('stopped')
  })

  it('shows what a child says it consists of, under the name and state that its supervisor knows', () => {
    const inner = { name: 'other', state: 'failed', restarts: 7, strategy: 'pool', children: [] } as const
    const supervisor = createSupervisor({ name: 'app', children: [{ name: 'pool', start() {}, tree: () => inner }] })
    expect(supervisor.tree()).toEqual({
      name: 'app',
      state: 'stopped',
      restarts: 0,
      strategy: 'one-for-one',
      children: [{ name: 'pool', state: 'stopped', restarts: 0, strategy: 'pool', children: [] }],
    })
  })

  it('ends by the signal a child without stop, and leaves the signal alone before', async () => {
    const clock = createManualClock()
    const signals: AbortSignal[] = []
    const supervisor = createSut(clock, {
      children: [
        {
          name: 'loop',
          start(signal) {
            signals.push(signal)
            return { ended: new Promise((resolve) => signal.addEventListener('abort', resolve)) }
          },
        },
      ],
    })
    await supervisor.start()
    await clock.advance(10_000)
    expect(signals[0]?.aborted).toBe(false)
    await supervisor.stop()
    expect(signals[0]?.aborted).toBe(true)
  })

  it('cuts off all children when the signal of stop is aborted', async () => {
    const clock = createManualClock()
    const waiting = { start() {}, stop: waitForAbort }
    const workers = createSut(clock, { name: 'workers', children: [{ name: 'b', ...waiting }] })
    const supervisor = createSut(clock, { children: [workers, { name: 'a', ...waiting }] })
    const { ended } = await supervisor.start()
    const controller = new AbortController()
    const stopped = supervisor.stop(controller.signal)
    controller.abort()
    await stopped
    await ended
    expect(supervisor.tree().state).toBe('stopped')
  })

  it('stops while it starts, and while it waits for a restart', async () => {
    const clock = createManualClock()
    const { log, member, fail } = createCrew()
    const reason = new Error('the user left')
    const controller = new AbortController()
    const supervisor = createSut(clock, {
      children: [
        member('a'),
        {
          name: 'slow',
          start: (signal) =>
            new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
        },
      ],
    })
    const started = supervisor.start(controller.signal).catch((error: unknown) => error)
    await clock.advance(0)
    controller.abort(reason)
    expect(await started).toBe(reason)
    expect(log).toEqual(['+a', '-a'])

    const other = createSut(clock, { children: [member('b')] })
    await other.start()
    fail('b')
    await clock.advance(50)
    await other.stop()
    await clock.advance(1_000)
    expect(log.slice(2)).toEqual(['+b', '-b'])
  })

  it('can be started again after its end, with a new budget', async () => {
    const clock = createManualClock()
    const { log, member } = createCrew()
    const supervisor = createSut(clock, { children: [member('a')] })
    await supervisor.stop()
    for (const _ of [1, 2]) {
      const { ended } = await supervisor.start()
      await expect(supervisor.start()).rejects.toThrow(
        new TypeError('"app" must not be started twice: stop() it first.'),
      )
      await Promise.all([supervisor.stop(), supervisor.stop()])
      await ended
    }
    expect(log).toEqual(['+a', '-a', '+a', '-a'])
  })

  it('counts as stopped what throws when it is stopped, and tells of it', async () => {
    const errors: unknown[] = []
    const { log, member } = createCrew()
    const cause = new Error('already closed')
    const supervisor = createSut(createManualClock(), {
      children: [member('a'), { name: 'b', start() {}, stop: () => Promise.reject(cause) }],
      onEvent: (event) => 'error' in event && errors.push(event.error),
    })
    await supervisor.start()
    await supervisor.stop()
    expect(errors).toEqual([cause])
    expect(log).toEqual(['+a', '-a'])
  })

  it('tells of each failure, also of those that come together', async () => {
    const clock = createManualClock()
    const { member, fail } = createCrew()
    const events: string[] = []
    const supervisor = createSut(clock, {
      strategy: 'one-for-all',
      children: [member('a'), member('b')],
      onEvent: (event) => events.push('child' in event ? `${event.type} ${event.child}` : event.type),
    })
    await supervisor.start()
    fail('a')
    fail('b')
    await clock.advance(100)
    expect(events).toEqual([
      'child-started a',
      'child-started b',
      'child-failed a',
      'child-failed b',
      'child-stopped b',
      'child-stopped a',
      'child-started a',
      'child-started b',
    ])
    await supervisor.stop()
  })

  it('is ready only while all children are', async () => {
    const clock = createManualClock()
    const { member, fail } = createCrew()
    const supervisor = createSut(clock, { children: [member('a'), member('b')] })
    expect(supervisor.isReady).toBe(false)
    await supervisor.start()
    expect(supervisor.isReady).toBe(true)
    fail('b')
    await clock.advance(0)
    expect(supervisor.isReady).toBe(false)
    await clock.advance(100)
    expect(supervisor.isReady).toBe(true)
    await supervisor.stop()
    expect(supervisor.isReady).toBe(false)
  })

  it('tells the health of all children', async () => {
    const clock = createManualClock()
    const { member } = createCrew()
    const error = new Error('no connection')
    const workers = createSut(clock, {
      name: 'workers',
      children: [member('good', { health() {} }), member('bad', { health: () => Promise.reject(error) })],
    })
    const supervisor = createSut(clock, {
      children: [member('plain'), workers, member('silent', { health: () => new Promise(() => {}) })],
    })
    expect(await supervisor.health()).toMatchObject({ isHealthy: false })
    await supervisor.start()
    const asked = supervisor.health()
    await clock.advance(5_000)
    expect(await asked).toEqual({
      isHealthy: false,
      children: [
        { name: 'plain', state: 'ready', isHealthy: true },
        {
          name: 'workers',
          state: 'ready',
          isHealthy: false,
          children: [
            { name: 'good', state: 'ready', isHealthy: true },
            { name: 'bad', state: 'ready', isHealthy: false, error },
          ],
        },
        {
          name: 'silent',
          state: 'ready',
          isHealthy: false,
          error: new Error('Expected "silent" to tell its health within 5000 ms, but it has not.'),
        },
      ],
    })
    await supervisor.stop()
  })

  it('prints its tree, without the messages of errors', async () => {
    const clock = createManualClock()
    const { member, fail } = createCrew()
    const workers = createSut(clock, {
      name: 'workers',
      strategy: 'one-for-all',
      children: [member('mail'), member('images')],
    })
    const supervisor = createSut(clock, {
      children: [member('database'), workers, member('web', { needs: ['workers'] })],
    })
    expect(String(supervisor)).toContain('app: stopped, one-for-one')
    await supervisor.start()
    fail('mail', new Error('password=hunter2'))
    await clock.advance(100)
    expect(String(supervisor)).toBe(
      [
        'app: ready, one-for-one',
        '├─ database: ready',
        '├─ workers: ready, one-for-all',
        '│  ├─ mail: ready, 1 restart, last failure: Error',
        '│  └─ images: ready, 1 restart',
        '└─ web: ready',
      ].join('\n'),
    )
    expect(JSON.parse(JSON.stringify(supervisor.tree()))).toEqual(supervisor.tree())
    await supervisor.stop()
  })

  it.each([
    ['the code of a system error', Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), 'ECONNREFUSED'],
    ['the name of an error', new RangeError('x'), 'RangeError'],
    ['no name that is a text', Object.assign(new Error('x'), { name: 'password=hunter2\n└─ fine: ready' }), 'an error'],
    ['nothing that cannot be read', unreadable(), 'an error'],
    ['nothing of what is no error', undefined, 'not an error'],
  ])('prints of a failure %s', async (_, error, expected) => {
    const clock = createManualClock()
    const crew = createCrew()
    const supervisor = createSut(clock, { children: [crew.member('a', { restart: 'never' })] })
    await supervisor.start()
    crew.reject('a', error)
    await clock.advance(0)
    expect(supervisor.tree().children?.[0]?.lastFailure).toBe(expected)
    await supervisor.stop()
  })

  it.each(['start', 'stop', 'health'] as const)('refuses a signal of %s that is none', async (method) => {
    const supervisor = createSut(createManualClock(), { children: [] })
    await expect(supervisor[method]({ aborted: false } as AbortSignal)).rejects.toThrow(
      new TypeError('"signal" must be an AbortSignal, got an object.'),
    )
  })

  it('publishes what happens on the channels of its events', async () => {
    const clock = createManualClock()
    const { member, fail } = createCrew()
    const aggregator = createAggregator()
    const heard: unknown[] = []
    const leave = lifecycleEvents['child-failed'].subscribe((message) => heard.push(message))
    const supervisor = createSut(clock, { children: [member('a')] })
    await supervisor.start()
    const error = new Error('a broke')
    fail('a', error)
    await clock.advance(100)
    await supervisor.stop()
    leave()
    aggregator.close()
    expect(heard).toMatchObject([{ supervisor: 'app', child: 'a', error, at: expect.any(Number) }])
    const counts = aggregator.snapshot().events.map(({ name, count, dropped }) => [name, count, dropped.labels])
    expect(counts).toEqual([
      ['empire:lifecycle:child-failed', 1, 0],
      ['empire:lifecycle:child-started', 2, 0],
      ['empire:lifecycle:child-stopped', 2, 0],
    ])
  })

  it('refuses an "ended" that is no promise', async () => {
    const supervisor = createSut(createManualClock(), {
      children: [{ name: 'a', start: () => ({ ended: true as never }) }],
    })
    await expect(supervisor.start()).rejects.toMatchObject({
      cause: new TypeError('"ended" of "a" must be a promise, got a boolean (true).'),
    })
  })
})
