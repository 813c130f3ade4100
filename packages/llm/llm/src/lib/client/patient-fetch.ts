/** Where Node keeps what its fetch sends with, which may be a proxy. */
const globalDispatcher = Symbol.for('undici.globalDispatcher.1')

interface Dispatcher {
  dispatch(options: object, handler: unknown): boolean
}

/**
 * The fetch of the platform, without a limit of its own: that of Node gives up after five minutes without headers or
 * without a further piece of the body, and models may think longer.
 */
export function patientFetch(url: string | URL | Request, init?: RequestInit): Promise<Response> {
  // Node makes it ready when the first of its web classes is read.
  if (readDispatcher() === undefined) void globalThis.Headers
  // Google's SDK does it in the same way; elsewhere there is nothing to ask for patience.
  const patience = readDispatcher() === undefined ? {} : { dispatcher: { dispatch } }
  return fetch(url, { ...init, ...patience } as RequestInit)
}

function dispatch(options: object, handler: unknown): boolean {
  return readDispatcher()?.dispatch({ ...options, headersTimeout: 0, bodyTimeout: 0 }, handler) ?? false
}

function readDispatcher(): Dispatcher | undefined {
  return (globalThis as { [globalDispatcher]?: Dispatcher })[globalDispatcher]
}
