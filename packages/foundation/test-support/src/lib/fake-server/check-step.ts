import { describeValue } from '@empire/errors'
import type { Fault } from './fake-step.ts'

const faultTypes: readonly unknown[] = [
  'status',
  'stream-error',
  'socket-cut',
  'stall',
  'endless-stream',
  'malformed-frame',
] satisfies Fault['type'][]
const places: readonly unknown[] = ['first', 'middle', 'last']

/**
 * Checks what every fake server understands of a step, when it is written and not when it is taken.
 *
 * @param name What messages call the step: `script[0]`.
 * @throws {TypeError} naming the step and its member.
 */
export function checkStep(step: unknown, name: string): void {
  if (typeof step === 'string') return
  if (!isRecord(step)) {
    throw new TypeError(`"${name}" must be a step, which is an object or a text, got ${describeValue(step)}.`)
  }
  const { headerDelay = 0, frameDelay = 0, headers, fault } = step
  for (const [member, delay] of Object.entries({ headerDelay, frameDelay })) {
    if (typeof delay === 'number' && delay >= 0) continue
    throw new TypeError(
      `"${name}.${member}" must be a number of milliseconds that is not negative, got ${describeValue(delay)}.`,
    )
  }
  checkHeaders(headers, `${name}.headers`)
  if (fault !== undefined) checkFault(fault, `${name}.fault`)
}

function checkFault(fault: unknown, name: string): void {
  const { type, status, at = 'middle', retryAfter = 0, message = '', headers } = isRecord(fault) ? fault : {}
  if (!faultTypes.includes(type)) {
    throw new TypeError(`"${name}.type" must be one of ${faultTypes.join(', ')}, got ${describeValue(type)}.`)
  }
  const isError = Number.isInteger(status) && Number(status) >= 300 && Number(status) <= 599
  if (!isError && (type === 'status' || status !== undefined)) {
    throw new TypeError(`"${name}.status" must be a status from 300 to 599, got ${describeValue(status)}.`)
  }
  const hasHeaders = type === 'socket-cut' || type === 'stall'
  const isPlace = places.includes(at) || (hasHeaders && at === 'headers') || (Number.isInteger(at) && Number(at) >= 0)
  if (!isPlace) {
    const names = [...places, ...(hasHeaders ? ['headers'] : [])].join(', ')
    throw new TypeError(`"${name}.at" must be ${names} or the number of a frame from 0, got ${describeValue(at)}.`)
  }
  if (typeof retryAfter !== 'string' && !(typeof retryAfter === 'number' && retryAfter >= 0)) {
    throw new TypeError(
      `"${name}.retryAfter" must be a text or a number of seconds that is not negative, got ${describeValue(retryAfter)}.`,
    )
  }
  if (typeof message !== 'string') {
    throw new TypeError(`"${name}.message" must be a text, got ${describeValue(message)}.`)
  }
  checkHeaders(headers, `${name}.headers`)
}

function checkHeaders(headers: unknown, name: string): void {
  if (headers === undefined) return
  if (!isRecord(headers) || Object.values(headers).some((value) => typeof value !== 'string')) {
    throw new TypeError(`"${name}" must be an object of texts, got ${describeValue(headers)}.`)
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
