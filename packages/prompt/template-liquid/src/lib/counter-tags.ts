import { type Context, DecrementTag, type Emitter, IncrementTag } from 'liquidjs'

/** `increment`, which in liquidjs counts in the caller's own object. */
export class PureIncrementTag extends IncrementTag {
  override render(context: Context, emitter: Emitter): void {
    detach(context)
    super.render(context, emitter)
  }
}

/** `decrement`, which in liquidjs counts in the caller's own object. */
export class PureDecrementTag extends DecrementTag {
  override render(context: Context, emitter: Emitter): void {
    detach(context)
    super.render(context, emitter)
  }
}

const detached = new WeakSet<object>()

function detach(context: Context): void {
  if (detached.has(context.environments)) return
  context.environments = Object.assign(Object.create(null), context.environments)
  detached.add(context.environments)
}
