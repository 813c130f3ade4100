interface Listener {
  readonly callbacks: Set<() => void>
  readonly dispatch: () => void
}

const listeners = new WeakMap<AbortSignal, Listener>()

/**
 * Calls `callback` once when `signal` is aborted, unless the returned function is called first.
 *
 * All callbacks of a signal share one listener: a signal searches its whole list each time a listener is added or
 * removed, which is quadratic for thousands of waiters on one signal.
 */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
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
    for (const callback of callbacks) callback()
    callbacks.clear()
  }
}
