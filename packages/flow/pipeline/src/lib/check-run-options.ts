import { describeValue, expectKnownKeys } from '@empire/errors'
import { expectFunction, expectObject, expectText } from './expect-option.ts'
import type { RunOptions } from './run-options.ts'

const known = ['runId', 'signal', 'onEvent', 'observers', 'journal', 'migrate', 'suspend', 'clock', 'random']

/** @param caller The function that was called, for messages. @throws {TypeError} What a caller without types may pass. */
export function checkRunOptions(caller: string, options: RunOptions): void {
  expectObject(`${caller}: "options"`, options as unknown, 'an object')
  expectKnownKeys(`${caller}: "options"`, options, known)
  const { runId, signal, suspend, onEvent, observers, journal, migrate, clock, random } = options
  if (runId !== undefined) expectText(`${caller}: "runId"`, runId)
  expectSignal(`${caller}: "signal"`, signal)
  expectSignal(`${caller}: "suspend"`, suspend)
  for (const [name, value] of Object.entries({ onEvent, migrate, random })) {
    if (value !== undefined) expectFunction(`${caller}: "${name}"`, value)
  }
  if (observers !== undefined && !isListOf(observers, 'observe')) {
    throw new TypeError(
      `${caller}: "observers" must be an array of objects with observe(), got ${describeValue(observers)}.`,
    )
  }
  if (journal !== undefined && typeof journal?.open !== 'function') {
    throw new TypeError(`${caller}: "journal" must be a journal, got ${describeValue(journal)}.`)
  }
  if (clock !== undefined && (typeof clock?.now !== 'function' || typeof clock.sleep !== 'function')) {
    throw new TypeError(`${caller}: "clock" must be an object with now() and sleep(), got ${describeValue(clock)}.`)
  }
  if (journal !== undefined) return
  if (suspend !== undefined)
    throw new TypeError(`${caller}: "suspend" needs a "journal", by which the run goes on later.`)
  if (migrate !== undefined) throw new TypeError(`${caller}: "migrate" needs a "journal", whose entries it changes.`)
}

function expectSignal(where: string, signal: AbortSignal | undefined): void {
  if (signal === undefined || typeof signal?.addEventListener === 'function') return
  throw new TypeError(`${where} must be an AbortSignal, got ${describeValue(signal)}.`)
}

function isListOf(list: unknown, method: string): boolean {
  if (!Array.isArray(list)) return false
  return list.every((each: unknown) => typeof (each as Record<string, unknown> | null)?.[method] === 'function')
}
