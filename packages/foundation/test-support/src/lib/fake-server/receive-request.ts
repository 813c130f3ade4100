import type { IncomingMessage } from 'node:http'
import { FakeRequest, type RequestState } from './fake-request.ts'

/** As much as the Claude API takes. A body beyond is read and thrown away, so that the client gets to hear of it. */
export const mostBytes = 32 * 2 ** 20

/** A request with its whole body; undefined when the client leaves before the end of it. */
export async function receiveRequest(
  incoming: IncomingMessage,
  server: string,
  state: RequestState,
  nextIndex: () => number,
): Promise<FakeRequest | 'too-large' | undefined> {
  const bytes = await receiveBody(incoming)
  if (bytes === undefined || bytes === 'too-large') return bytes
  const { method = '', url = '/' } = incoming
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)] as const)
  return new FakeRequest(
    { index: nextIndex(), method, target: url, url: locate(url, server), headers: Object.fromEntries(headers), bytes },
    state,
  )
}

async function receiveBody(incoming: IncomingMessage): Promise<Uint8Array | 'too-large' | undefined> {
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    for await (const chunk of incoming as AsyncIterable<Uint8Array>) {
      length += chunk.length
      if (length <= mostBytes) chunks.push(chunk)
      else chunks.length = 0
    }
    return length > mostBytes ? 'too-large' : Buffer.concat(chunks)
  } catch {
    // The only way in which reading a request fails is that the rest of it does not come.
    return undefined
  }
}

/** A path with two slashes at its start is a path, not the name of another server. */
function locate(path: string, server: string): URL {
  return path.startsWith('/') ? new URL(server + path) : (URL.parse(path, server) ?? new URL(server))
}
