import { describeValue } from '@empire/errors'
import { checkStep } from './check-step.ts'
import type { FakeRequest } from './fake-request.ts'

/**
 * What happens, request by request: a list of which each request takes one step, or a function that is asked for each
 * request. A request beyond the end of a list is refused with status 400.
 */
export type FakeScript<Step> = readonly Step[] | ((request: FakeRequest) => Step | undefined)

interface Script<Step> {
  /** The step for a request; undefined where the script has nothing to say. */
  readonly take: (request: FakeRequest) => Step | undefined
  readonly enqueue: (steps: readonly Step[]) => void
}

/** A script that is read step by step. Without one, every request is answered in the usual way. */
export function createScript<Step>(
  script: FakeScript<Step> | undefined,
  isScripted: (request: FakeRequest) => boolean,
  checkOwn: (step: Step, name: string) => void = () => {},
): Script<Step> {
  if (script !== undefined && typeof script !== 'function' && !Array.isArray(script)) {
    throw new TypeError(`"script" must be an array of steps or a function, got ${describeValue(script)}.`)
  }
  function check(step: Step, name: string): void {
    checkStep(step, name)
    checkOwn(step, name)
  }

  if (typeof script === 'function') {
    return {
      take(request: FakeRequest): Step | undefined {
        const step = script(request)
        if (step !== undefined) check(step, `script(request ${request.index})`)
        return step
      },
      enqueue() {
        throw new TypeError('The script is a function: return the step from there.')
      },
    }
  }

  let steps = script === undefined ? undefined : [...script]
  steps?.forEach((step, index) => check(step, `script[${index}]`))
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
      more.forEach((step, index) => check(step, `steps[${index}]`))
      steps = [...(steps ?? []), ...more]
    },
  }
}
