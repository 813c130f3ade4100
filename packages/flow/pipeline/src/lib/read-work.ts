import { expectKnownKeys } from '@empire/errors'
import {
  expectBoolean,
  expectCount,
  expectFunction,
  expectMilliseconds,
  expectObject,
  expectText,
} from './expect-option.ts'
import type { PlannedCompensation, Timeout, Work } from './planned-step.ts'
import type { Resource, StepBreaker, StepRetry } from './work-options.ts'

const defaultGrace = 1_000

export const workOptions: readonly string[] = [
  'run',
  'idempotencyKey',
  'retry',
  'timeout',
  'breaker',
  'concurrency',
  'compensate',
  'irreversible',
]

/** The options of a unit of work, checked, in one form. @param where The step, for messages. */
export function readWork(where: string, definition: Record<string, unknown>): Work {
  const { run, idempotencyKey, breaker, concurrency, irreversible = false } = definition
  expectFunction(`${where}: "run"`, run)
  if (idempotencyKey !== undefined) expectFunction(`${where}: "idempotencyKey"`, idempotencyKey)
  expectBoolean(`${where}: "irreversible"`, irreversible)
  const retry = readRetry(`${where}: "retry"`, definition['retry'])
  const timeout = readTimeout(`${where}: "timeout"`, definition['timeout'])
  const compensate = readCompensation(`${where}: "compensate"`, definition['compensate'], { retry, timeout })
  if (irreversible && compensate !== undefined) {
    throw new TypeError(`${where} has "compensate" and says that it is irreversible. Leave one of them out.`)
  }
  return {
    run: run as Work['run'],
    idempotencyKey: idempotencyKey as Work['idempotencyKey'],
    retry,
    timeout,
    breaker: readBreaker(`${where}: "breaker"`, breaker),
    resource: typeof concurrency === 'number' ? undefined : readResource(`${where}: "concurrency"`, concurrency),
    compensate,
    irreversible,
  }
}

function readRetry(where: string, value: unknown): StepRetry | undefined {
  if (value === undefined) return undefined
  if (typeof value === 'number') {
    expectCount(where, value)
    return { attempts: value }
  }
  expectObject(where, value, 'a number of attempts or an object')
  const known = ['attempts', 'baseDelay', 'maxDelay', 'maxRetryAfter', 'isRetryable', 'retryAfter', 'budget']
  expectKnownKeys(where, value, known)
  if (value['attempts'] !== undefined) expectCount(`${where}: "attempts"`, value['attempts'])
  for (const name of ['baseDelay', 'maxDelay', 'maxRetryAfter']) {
    if (value[name] !== undefined) expectMilliseconds(`${where}: "${name}"`, value[name])
  }
  for (const name of ['isRetryable', 'retryAfter']) {
    if (value[name] !== undefined) expectFunction(`${where}: "${name}"`, value[name])
  }
  return { ...value }
}

function readTimeout(where: string, value: unknown): Timeout | undefined {
  if (value === undefined) return undefined
  if (typeof value !== 'object' || value === null) {
    expectMilliseconds(where, value)
    return { after: value, grace: defaultGrace }
  }
  const options = value as Record<string, unknown>
  expectKnownKeys(where, options, ['after', 'grace'])
  const { after, grace = defaultGrace } = options
  expectMilliseconds(`${where}: "after"`, after)
  expectMilliseconds(`${where}: "grace"`, grace)
  return { after, grace }
}

function readBreaker(where: string, value: unknown): StepBreaker | undefined {
  if (value === undefined) return undefined
  if (typeof value === 'string') {
    expectText(where, value)
    return { name: value }
  }
  expectObject(where, value, 'the name of a breaker or an object with one')
  expectKnownKeys(where, value, ['name', 'failureRate', 'minimumCalls', 'window', 'resetAfter', 'isFailure'])
  expectText(`${where}: "name"`, value['name'])
  return { ...value, name: value['name'] }
}

function readResource(where: string, value: unknown): Resource | undefined {
  if (value === undefined) return undefined
  if (typeof value === 'string') {
    expectText(where, value)
    return { resource: value }
  }
  expectObject(where, value, 'the name of a resource or an object with one')
  expectKnownKeys(where, value, ['resource', 'limit'])
  const { resource, limit } = value
  expectText(`${where}: "resource"`, resource)
  if (limit === undefined) return { resource }
  expectCount(`${where}: "limit"`, limit)
  return { resource, limit }
}

function readCompensation(
  where: string,
  value: unknown,
  ofStep: Omit<PlannedCompensation, 'run'>,
): PlannedCompensation | undefined {
  if (value === undefined) return undefined
  if (typeof value === 'function') return { ...ofStep, run: value as PlannedCompensation['run'] }
  expectObject(where, value, 'a function or an object with one')
  expectKnownKeys(where, value, ['run', 'retry', 'timeout'])
  const { run, retry, timeout } = value
  expectFunction(`${where}: "run"`, run)
  return {
    run: run as PlannedCompensation['run'],
    retry: readRetry(`${where}: "retry"`, retry),
    timeout: readTimeout(`${where}: "timeout"`, timeout),
  }
}
