interface Listener {
  readonly callbacks: Set<() => void>
  readonly dispatch: () => void
}

const listeners = new WeakMap<AbortSignal, Listener>()

/**
 * Calls `callback` once when `signal` is aborted, at once if it is already, unless the returned function is called first.
 * What a callback throws is an uncaught exception, as with any listener, and keeps none of the others from being called.
 *
 * All callbacks of a signal share one listener: a signal searches its whole list each time a listener is added or
 * removed, which is quadratic for thousands of waiters on one signal.
 */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  if (typeof callback !== 'function') {
    throw new TypeError(`onAbort: "callback" must be a function, got ${typeof callback}.`)
  }
  if (signal.aborted) {
    callback()
    return () => {}
  }
  const { callbacks, dispatch } = listeners.get(signal) ?? listen(signal)
  callbacks.add(callback)
  return () => {
    if (callbacks.delete(callback) && callbacks.size === 0) {
      signal.removeEventListener('abort', dispatch)
      listeners.delete(signal)
    }
  }
}

function listen(signal: AbortSignal): Listener {
  const callbacks = new Set<() => void>()
  const listener = { callbacks, dispatch }
  listeners.set(signal, listener)
  signal.addEventListener('abort', dispatch, { once: true })
  return listener

  function dispatch(): void {
    listeners.delete(signal)
    for (const callback of callbacks) call(callback)
    callbacks.clear()
  }
}

function call(callback: () => void): void {
  try {
    callback()
  } catch (error) {
    queueMicrotask(() => {
      throw error
    })
  }
}
