// oxlint-disable no-underscore-dangle -- liquidjs names so what its filters call
import { Context } from 'liquidjs'

const lookupsBetweenChecks = 16

/**
 * Looks at the clock whenever a filter turns to the next element of a list.
 *
 * liquidjs itself looks only between the parts of a template, and one filter may run for minutes.
 */
export class BoundedContext extends Context {
  #lookups = 0

  override push(scope: object): number {
    checkTime(this)
    return super.push(scope)
  }

  override spawn(scope: object = {}): BoundedContext {
    checkTime(this)
    const { opts, sync, globals, strictVariables, ownPropertyOnly, renderLimit, memoryLimit, liquid } = this
    const options = { sync, globals, strictVariables, ownPropertyOnly }
    return new BoundedContext(scope, opts, options, { renderLimit, memoryLimit, liquid })
  }

  override _getFromScope(...args: Parameters<Context['_getFromScope']>): ReturnType<Context['_getFromScope']> {
    // Filters give a path as a string, once for each element; what stands in a template is a list of keys.
    if (typeof args[1] === 'string' || ++this.#lookups % lookupsBetweenChecks === 0) checkTime(this)
    return super._getFromScope(...args)
  }
}

/** Throws when the rendering has taken longer than `renderLimit`. */
export function checkTime(context: Context): void {
  context.renderLimit.check(performance.now())
}
