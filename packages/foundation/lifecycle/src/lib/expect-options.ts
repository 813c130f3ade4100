import { describeValue } from '@empire/errors'
import type { Child } from './child.ts'
import type { SupervisorOptions } from './supervisor.ts'

/** A longer delay makes the timers of Node fire at once. */
const longestTimer = 2 ** 31 - 1

const strategies: readonly unknown[] = ['one-for-one', 'rest-for-one', 'one-for-all']
const restarts: readonly unknown[] = ['always', 'on-failure', 'never']

/** @throws {TypeError} for the first option that is none, by its name. */
export function expectOptions(options: SupervisorOptions): void {
  expectObject('options', options)
  const { children, strategy, budget, backoff, clock } = options
  expectName('name', options.name)
  expectChoice('strategy', strategy, strategies)
  expectSettings('', options)
  if (!Array.isArray(children)) throw new TypeError(`"children" must be an array, got ${describeValue(children)}.`)
  for (const child of Array.from(children)) expectChild(child)
  if (budget !== undefined) {
    expectObject('budget', budget)
    const { limit, within } = budget
    if (!(limit === Infinity || (Number.isSafeInteger(limit) && limit >= 0))) {
      throw new TypeError(`"budget.limit" must be a whole number or Infinity, got ${describeValue(limit)}.`)
    }
    expectTime('budget.within', within, { isRequired: true })
  }
  if (backoff !== undefined) {
    expectObject('backoff', backoff)
    expectTime('backoff.initial', backoff.initial, { isFinite: true })
    expectTime('backoff.most', backoff.most, { isFinite: true })
  }
  expectFunction('onEvent', options.onEvent)
  if (clock !== undefined) {
    expectObject('clock', clock)
    if (typeof clock.now !== 'function' || typeof clock.sleep !== 'function') {
      throw new TypeError(`"clock" must have now() and sleep(), got ${describeValue(clock)} without.`)
    }
  }
}

/** @throws {TypeError} for a signal that is none. */
export function expectSignal(signal: unknown): void {
  if (signal === undefined || signal instanceof AbortSignal) return
  throw new TypeError(`"signal" must be an AbortSignal, got ${describeValue(signal)}.`)
}

function expectChild(child: Child): void {
  if (typeof child !== 'object' || child === null) {
    throw new TypeError(`"children" must be objects with a name and start(), got ${describeValue(child)}.`)
  }
  expectName('children.name', child.name)
  const of = ` of ${JSON.stringify(child.name)}`
  if (typeof child.start !== 'function') {
    throw new TypeError(`"start"${of} must be a function, got ${describeValue(child.start)}.`)
  }
  for (const name of ['stop', 'health', 'tree'] as const) expectFunction(name, child[name], of)
  expectSettings(of, child)
}

function expectSettings(of: string, settings: Omit<Child, 'name' | 'start'>): void {
  const { needs } = settings
  expectChoice('restart', settings.restart, restarts, of)
  expectTime('startTimeout', settings.startTimeout, { of })
  expectTime('stopTimeout', settings.stopTimeout, { of })
  expectTime('forceTimeout', settings.forceTimeout, { of })
  expectTime('healthTimeout', settings.healthTimeout, { of })
  if (needs === undefined) return
  if (!Array.isArray(needs)) throw new TypeError(`"needs"${of} must be an array of names, got ${describeValue(needs)}.`)
}

function expectObject(name: string, value: unknown): void {
  if (typeof value === 'object' && value !== null) return
  throw new TypeError(`"${name}" must be an object, got ${describeValue(value)}.`)
}

function expectFunction(name: string, value: unknown, of = ''): void {
  if (value === undefined || typeof value === 'function') return
  throw new TypeError(`"${name}"${of} must be a function, got ${describeValue(value)}.`)
}

function expectChoice(name: string, value: unknown, choices: readonly unknown[], of = ''): void {
  if (value === undefined || choices.includes(value)) return
  throw new TypeError(`"${name}"${of} must be one of ${choices.join(', ')}, got ${describeValue(value)}.`)
}

function expectName(name: string, value: unknown): void {
  // The printed tree has a line per name, and a slash between those of nested supervisors.
  if (typeof value === 'string' && value !== '' && !/[\p{Cc}\p{Zl}\p{Zp}/]/u.test(value)) return
  throw new TypeError(`"${name}" must be a string without slashes and control characters, got ${describeValue(value)}.`)
}

function expectTime(name: string, value: unknown, { of = '', isFinite = false, isRequired = false } = {}): void {
  if ((value === undefined && !isRequired) || (value === Infinity && !isFinite)) return
  if (typeof value === 'number' && value >= 0 && value <= longestTimer) return
  throw new TypeError(
    `"${name}"${of} must be a number of milliseconds from 0 to ${longestTimer}${isFinite ? '' : ' or Infinity'}, got ${describeValue(value)}.`,
  )
}
