import { describeValue } from '@empire/errors'
import type { FakeRequest } from './fake-request.ts'
import type { Fault } from './fake-step.ts'

/**
 * What happens, request by request: a list of which each request takes one step, or a function that is asked for each
 * request. A request beyond the end of a list is refused with status 400.
 */
export type FakeScript<Step> = readonly Step[] | ((request: FakeRequest) => Step | undefined)

const faultTypes: readonly unknown[] = [
  'status',
  'stream-error',
  'socket-cut',
  'stall',
  'endless-stream',
  'malformed-frame',
] satisfies Fault['type'][]

interface Script<Step> {
  /** The step for a request; undefined where the script has nothing to say. */
  readonly take: (request: FakeRequest) => Step | undefined
  readonly enqueue: (steps: readonly Step[]) => void
}

/** A script that is read step by step. Without one, every request is answered in the usual way. */
export function createScript<Step>(
  script: FakeScript<Step> | undefined,
  isScripted: (request: FakeRequest) => boolean,
): Script<Step> {
  if (script !== undefined && typeof script !== 'function' && !Array.isArray(script)) {
    throw new TypeError(`"script" must be an array of steps or a function, got ${describeValue(script)}.`)
  }
  if (typeof script === 'function') {
    return {
      take(request: FakeRequest): Step | undefined {
        const step = script(request)
        if (step !== undefined) checkStep(step)
        return step
      },
      enqueue() {
        throw new TypeError('The script is a function: return the step from there.')
      },
    }
  }

  let steps = script === undefined ? undefined : [...script]
  steps?.forEach(checkStep)
  let taken = 0
  return {
    take(request: FakeRequest): Step | undefined {
      if (steps === undefined || !isScripted(request)) return undefined
      if (taken >= steps.length) {
        throw new RangeError(`The script has ${steps.length} steps, and all are taken: no reply for this request.`)
      }
      taken += 1
      return steps[taken - 1]
    },
    enqueue(more: readonly Step[]): void {
      more.forEach(checkStep)
      steps = [...(steps ?? []), ...more]
    },
  }
}

function checkStep(step: unknown): void {
  if (typeof step === 'string') return
  if (typeof step !== 'object' || step === null || Array.isArray(step)) {
    throw new TypeError(`"script" must consist of steps, which are objects or texts, got ${describeValue(step)}.`)
  }
  const { headerDelay = 0, frameDelay = 0, fault } = step as Readonly<Record<string, unknown>>
  for (const [name, delay] of Object.entries({ headerDelay, frameDelay })) {
    if (typeof delay === 'number' && delay >= 0) continue
    throw new TypeError(`"${name}" must be a number of milliseconds that is not negative, got ${describeValue(delay)}.`)
  }
  if (fault === undefined) return
  const { type, status } = (fault ?? {}) as Readonly<Record<string, unknown>>
  if (!faultTypes.includes(type)) {
    throw new TypeError(`"fault.type" must be one of ${faultTypes.join(', ')}, got ${describeValue(type)}.`)
  }
  const isError = Number.isInteger(status) && Number(status) >= 300 && Number(status) <= 599
  if (!isError && (type === 'status' || status !== undefined)) {
    throw new TypeError(`"fault.status" must be a status from 300 to 599, got ${describeValue(status)}.`)
  }
}
