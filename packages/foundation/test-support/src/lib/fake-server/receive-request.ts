import type { IncomingMessage } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { FakeRequest, type RequestState } from './fake-request.ts'

/** A request with its whole body; undefined when the client leaves before the end of it. */
export async function receiveRequest(
  incoming: IncomingMessage,
  server: string,
  state: RequestState,
  nextIndex: () => number,
): Promise<FakeRequest | undefined> {
  const bytes = await receiveBody(incoming)
  if (bytes === undefined) return undefined
  const { method = '', url = '/' } = incoming
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)] as const)
  return new FakeRequest(
    { index: nextIndex(), method, url: locate(url, server), headers: Object.fromEntries(headers), bytes },
    state,
  )
}

async function receiveBody(incoming: IncomingMessage): Promise<Uint8Array | undefined> {
  try {
    return await buffer(incoming)
  } catch {
    // The only way in which reading a request fails is that the rest of it does not come.
    return undefined
  }
}

/** A path with two slashes at its start is a path, not the name of another server. */
function locate(path: string, server: string): URL {
  return path.startsWith('/') ? new URL(server + path) : (URL.parse(path, server) ?? new URL(server))
}
