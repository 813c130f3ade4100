import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Clock } from '@empire/clock'
import { createManualClock, temporaryDirectory, type TemporaryDirectory } from '@empire/test-support'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Cassette, type CassetteOptions, createCassette } from './create-cassette.ts'
import { createJsonlStore } from './create-jsonl-store.ts'
import { verify } from './verify.ts'

type Fetch = typeof globalThis.fetch

const secret = `sk-ant-${'a1B2c3D4'.repeat(4)}`
const url = 'https://api.example.com/v1/messages'

let folder: TemporaryDirectory
let path: string

beforeEach(() => {
  folder = temporaryDirectory()
  path = folder.join('cassette.jsonl')
})

afterEach(() => folder.remove())

/** A clock that moves only when something waits. */
function createClock(): Clock & { advance: (milliseconds: number) => void } {
  let time = 0
  return {
    now: () => time,
    advance: (milliseconds) => (time += milliseconds),
    async sleep(milliseconds, { signal } = {}) {
      signal?.throwIfAborted()
      time += milliseconds
    },
  }
}

const noFetch: Fetch = () => Promise.reject(new Error('a live call'))

/** A server that sends these chunks, each so many milliseconds after the one before. */
function serverOf(chunks: readonly (readonly [number, string | Uint8Array])[]): [Fetch, Clock] {
  const clock = createClock()
  const fetch: Fetch = async () => {
    clock.advance(100)
    let index = 0
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
      {
        pull(controller) {
          const chunk = chunks[index++]
          if (chunk === undefined) return controller.close()
          clock.advance(chunk[0])
          controller.enqueue(typeof chunk[1] === 'string' ? Buffer.from(chunk[1]) : new Uint8Array(chunk[1]))
        },
      },
      { highWaterMark: 0 },
    )
    return new Response(body, { headers: { 'content-type': 'text/event-stream', 'set-cookie': 'sid=planted' } })
  }
  return [fetch, clock]
}

async function record(
  fetch: Fetch,
  use: (fetch: Fetch) => Promise<unknown>,
  clock: Clock = createClock(),
): Promise<void> {
  const cassette = createCassette({ path, mode: 'record', fetch, clock })
  await use(cassette.fetch)
  await cassette.close()
}

function replay(options: Partial<CassetteOptions> = {}): Cassette {
  return createCassette({ path, mode: 'replay', fetch: noFetch, clock: createClock(), ...options })
}

async function read(response: Response, clock: Clock): Promise<[number, string][]> {
  const chunks: [number, string][] = []
  for await (const chunk of response.body ?? []) chunks.push([clock.now(), Buffer.from(chunk).toString('latin1')])
  return chunks
}

const question = (content: string) => ({ model: 'm', messages: [{ role: 'user', content }] })

const post = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', 'x-api-key': secret },
  body: JSON.stringify(body),
})

const answer =
  (text: string): Fetch =>
  async () =>
    new Response(text)
const ask = (fetch: Fetch, body: unknown): Promise<string> => fetch(url, post(body)).then((response) => response.text())

const normalize: CassetteOptions['normalize'] = (request) => ({ ...request, url: new URL(request.url).pathname })

const breakOff: Fetch = async () => {
  let isFirst = true
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      if (isFirst) controller.enqueue(Buffer.from('begun'))
      else controller.error(new TypeError('terminated'))
      isFirst = false
    },
  })
  return new Response(body)
}

async function readAll(response: Response): Promise<string> {
  let text = ''
  const reading = (async () => {
    for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString()
  })()
  await expect(reading).rejects.toThrow(new TypeError('terminated'))
  return text
}

describe('createCassette', () => {
  it('replays status, headers and chunks at their times, without a live call', async () => {
    const [fetch, clock] = serverOf([
      [5, 'data: one\n\n'],
      [250, 'data: tw'],
      [40, 'o\n\n'],
    ])
    let live: [number, string][] = []
    await record(fetch, async (recording) => (live = await read(await recording(url, post({ q: 1 })), clock)), clock)
    const replayClock = createClock()
    const response = await replay({ clock: replayClock }).fetch(url, post({ q: 1 }))
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    expect(await read(response, replayClock)).toEqual(live)
    expect(live.map(([at]) => at)).toEqual([105, 355, 395])
  })

  it('waits for each chunk as long as it took', async () => {
    const [fetch, clock] = serverOf([
      [5, 'one'],
      [250, 'two'],
    ])
    await record(fetch, async (recording) => (await recording(url)).text(), clock)
    const manual = createManualClock()
    const arrived: [number, string][] = []
    const reading = (async () => {
      for await (const chunk of (await replay({ clock: manual }).fetch(url)).body ?? []) {
        arrived.push([manual.now(), Buffer.from(chunk).toString()])
      }
    })()
    await manual.whenWaiting()
    await manual.advance(354)
    expect(arrived).toEqual([[105, 'one']])
    await manual.advance(1)
    await reading
    expect(arrived).toEqual([
      [105, 'one'],
      [355, 'two'],
    ])
  })

  it('keeps chunks that end within a character, and bytes that are no text', async () => {
    const bytes = Buffer.from('a😀é')
    const [fetch, clock] = serverOf([
      [1, bytes.subarray(0, 3)],
      [1, bytes.subarray(3)],
    ])
    await record(fetch, async (recording) => (await recording(url)).arrayBuffer(), clock)
    const chunks = await read(await replay().fetch(url), createClock())
    expect(chunks.map(([, text]) => text)).toEqual([
      bytes.subarray(0, 3).toString('latin1'),
      bytes.subarray(3).toString('latin1'),
    ])
    rmSync(path)
    const binary = Uint8Array.from({ length: 256 }, (_, index) => index)
    await record(
      async () => new Response(binary),
      async (recording) => (await recording(url)).arrayBuffer(),
    )
    expect(new Uint8Array(await (await replay().fetch(url)).arrayBuffer())).toEqual(binary)
  })

  it('gives each recorded answer once, in any order', async () => {
    let count = 0
    await record(
      async () => new Response(`answer ${++count}`),
      async (recording) => {
        for (const q of ['a', 'b', 'a']) await ask(recording, { q })
      },
    )
    const cassette = replay()
    expect(await cassette.unused()).toHaveLength(3)
    expect(await ask(cassette.fetch, { q: 'b' })).toBe('answer 2')
    expect(await ask(cassette.fetch, { q: 'a' })).toBe('answer 1')
    expect(await ask(cassette.fetch, { q: 'a' })).toBe('answer 3')
    expect(await cassette.unused()).toEqual([])
    await expect(ask(cassette.fetch, { q: 'a' })).rejects.toThrow(
      `Expected a request of the cassette ${JSON.stringify(path)}, got POST ${url}, but it has been replayed as often as it was recorded. Record the cassette anew if this is meant.`,
    )
  })

  it('compares JSON as data, whatever the order of its names', async () => {
    await record(answer('yes'), (recording) => ask(recording, { a: 1, b: [2] }))
    expect(await ask(replay().fetch, { b: [2], a: 1 })).toBe('yes')
  })

  it('fails on a changed request with the difference', async () => {
    await record(answer('yes'), (recording) => ask(recording, { messages: [{ role: 'user', content: 'hi' }] }))
    const changed = ask(replay().fetch, { messages: [{ role: 'user', content: 'ho' }] })
    await expect(changed).rejects.toMatchObject({
      name: 'CassetteMismatchError',
      code: 'cassette_mismatch',
      message: `Expected a request of the cassette ${JSON.stringify(path)}, got POST ${url}, which differs from the most similar one that is left at /body/json/messages/0/content: recorded was a string ("hi"), received a string ("ho"). Record the cassette anew if this is meant.`,
      details: {
        method: 'POST',
        url,
        path: '/body/json/messages/0/content',
        recorded: 'hi',
        received: 'ho',
      },
    })
    await expect(replay().fetch(`${url}/other`)).rejects.toMatchObject({ code: 'cassette_mismatch' })
    await expect(replay().fetch(url, { method: 'PUT' })).rejects.toMatchObject({ details: { path: '/method' } })
  })

  it('shows the difference to the request that is meant, of several that are left', async () => {
    await record(answer('yes'), async (recording) => {
      for (const animal of ['otters', 'beavers', 'foxes']) await ask(recording, question(`Where do ${animal} live?`))
    })
    await expect(ask(replay().fetch, question('Where do beavers sleep?'))).rejects.toMatchObject({
      details: { recorded: 'Where do beavers live?', received: 'Where do beavers sleep?' },
    })
  })

  it('compares the headers that it is told', async () => {
    const headers = ['content-type', 'X-Version']
    const cassette = createCassette({ path, mode: 'record', fetch: answer('yes'), headers })
    await (await cassette.fetch(url, { headers: { 'x-version': '1', 'x-other': '1' } })).text()
    await cassette.close()
    expect((await replay({ headers }).fetch(url, { headers: { 'x-version': '1' } })).status).toBe(200)
    await expect(replay({ headers }).fetch(url, { headers: { 'x-version': '2' } })).rejects.toMatchObject({
      details: { path: '/headers/x-version', recorded: '1', received: '2' },
    })
  })

  it('leaves out what normalize() takes away', async () => {
    const cassette = createCassette({ path, mode: 'record', fetch: answer('yes'), normalize })
    await (await cassette.fetch('http://127.0.0.1:1234/a')).text()
    await cassette.close()
    expect(await (await replay({ normalize }).fetch('http://127.0.0.1:4321/a')).text()).toBe('yes')
  })

  it('passes on to the server what it was given', async () => {
    const seen: unknown[] = []
    const fetch: Fetch = async (input, init) => {
      const request = new Request(input, init)
      seen.push([request.url, request.method, request.headers.get('x-api-key'), await request.text()])
      return new Response('')
    }
    await record(fetch, async (recording) => {
      await recording(url, post({ q: secret }))
      await recording(new Request(url, { method: 'PUT', body: 'as a request' }))
      await recording(new URL(url))
    })
    expect(seen).toEqual([
      [url, 'POST', secret, JSON.stringify({ q: secret })],
      [url, 'PUT', null, 'as a request'],
      [url, 'GET', null, ''],
    ])
  })

  it('writes no secret, not even one that stands across chunks', async () => {
    const [fetch, clock] = serverOf([
      [1, `data: {"text":"ä ${secret.slice(0, 9)}`],
      [1, secret.slice(9, 20)],
      [1, `${secret.slice(20)}"}\n\n`],
      [1, 'data: {"password":"planted"}'],
    ])
    const body = { prompt: secret, apiKey: 'planted', token: 'planted' }
    await record(
      fetch,
      async (recording) => {
        const response = await recording(`${url}?key=planted`, { ...post(body), headers: { authorization: 'planted' } })
        expect((await response.text()).split(secret)).toHaveLength(2)
      },
      clock,
    )
    const written = readFileSync(path, 'utf8')
    expect(written).not.toContain('planted')
    expect(written).not.toContain(secret.slice(0, 9))
    expect(written).not.toContain(secret.slice(9, 20))
    const response = await replay().fetch(`${url}?key=planted`, { ...post(body), headers: { authorization: 'other' } })
    expect(await read(response, createClock())).toEqual([
      [0, `data: {"text":"${Buffer.from('ä').toString('latin1')} [redacted]`],
      [0, ''],
      [0, '"}\n\n'],
      [0, 'data: {"password":"[redacted]"}'],
    ])
  })

  it('writes no secret of bytes that are no text', async () => {
    const bytes = Buffer.concat([Buffer.from([0xff]), Buffer.from(secret), Buffer.from([0x80])])
    await record(
      async () => new Response(bytes),
      async (recording) => (await recording(url, { method: 'POST', body: bytes })).arrayBuffer(),
    )
    const decoded = readFileSync(path, 'utf8').replaceAll(/"base64":"([^"]+)"/g, (_, base64: string) =>
      Buffer.from(base64, 'base64').toString('latin1'),
    )
    expect(decoded).toContain('[redacted]')
    expect(decoded).not.toContain(secret.slice(0, 12))
    const response = await replay().fetch(url, { method: 'POST', body: bytes })
    expect(Buffer.from(await response.arrayBuffer()).toString('latin1')).toBe('\u00ff[redacted]\u0080')
  })

  it('replays requests at the same time, gzip and streamed request bodies, as they were', async () => {
    let count = 0
    await record(
      async () => new Response(`answer ${++count}`, { headers: { 'content-encoding': 'gzip' } }),
      async (recording) => {
        const body = new Blob(['streamed']).stream()
        await (await recording(url, { method: 'POST', body, duplex: 'half' } as RequestInit)).text()
        for (let index = 0; index < 4; index++) await ask(recording, { q: 1 })
      },
    )
    const cassette = replay()
    expect(await Promise.all([1, 2, 3, 4].map(() => ask(cassette.fetch, { q: 1 })))).toEqual([
      'answer 2',
      'answer 3',
      'answer 4',
      'answer 5',
    ])
    const response = await cassette.fetch(url, { method: 'POST', body: Buffer.from('streamed') })
    expect([await response.text(), response.headers.get('content-encoding')]).toEqual(['answer 1', null])
    await expect(cassette.fetch(url, { method: 'POST', body: Buffer.from('other') })).rejects.toThrow(
      'but all recorded requests have been replayed',
    )
  })

  it('writes no secret of an error', async () => {
    const error = new TypeError('cannot reach redis://:planted@cache')
    await record(
      () => Promise.reject(error),
      (recording) => recording(url).catch(() => undefined),
    )
    expect(readFileSync(path, 'utf8')).not.toContain('planted')
    await expect(replay().fetch(url)).rejects.toThrow(new TypeError('cannot reach redis://:[redacted]@cache'))
  })

  it('replays an error of the network', async () => {
    const error = new TypeError('fetch failed', { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) })
    await record(
      () => Promise.reject(error),
      async (recording) => {
        await expect(recording(url)).rejects.toBe(error)
      },
    )
    await expect(replay().fetch(url)).rejects.toMatchObject({
      name: 'TypeError',
      message: 'fetch failed',
      cause: { code: 'ECONNRESET' },
    })
  })

  it('replays a body that breaks off', async () => {
    await record(breakOff, async (recording) => expect(await readAll(await recording(url))).toBe('begun'))
    expect(await readAll(await replay().fetch(url))).toBe('begun')
  })

  it('records a body as far as its reader went, and says so to one who goes on', async () => {
    const [fetch, clock] = serverOf([
      [1, 'one'],
      [1, 'two'],
    ])
    await record(
      fetch,
      async (recording) => {
        for await (const _ of (await recording(url)).body ?? []) break
      },
      clock,
    )
    const { body } = await replay().fetch(url)
    const reader = body?.getReader()
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('one')
    await expect(reader?.read()).rejects.toThrow('its reader stopped after 101 ms')
  })

  it('calls nothing after it is closed, and keeps no answer that comes later', async () => {
    const live = Promise.withResolvers<Response>()
    let calls = 0
    const cassette = createCassette({ path, mode: 'record', fetch: () => (calls++, live.promise) })
    const late = cassette.fetch(`${url}/late`)
    await expect.poll(() => calls).toBe(1)
    await cassette.close()
    live.resolve(new Response('too late'))
    const closed = new TypeError('The cassette was closed. Close it when its last request has been answered.')
    await expect(late).rejects.toThrow(closed)
    await expect(cassette.fetch(url)).rejects.toThrow(closed)
    expect(calls).toBe(1)
    await expect(replay().unused()).rejects.toMatchObject({ code: 'cassette_not_found' })
  })

  it('records a body that nobody reads when it is closed', async () => {
    await record(answer('unread'), (recording) => recording(url))
    expect((await replay().fetch(url)).status).toBe(200)
  })

  it('replays answers without a body', async () => {
    await record(
      async () => new Response(null, { status: 204 }),
      (recording) => recording(url),
    )
    const response = await replay().fetch(url)
    expect([response.status, await response.text()]).toEqual([204, ''])
  })

  it('throws the reason of a signal, at any moment', async () => {
    const [fetch, clock] = serverOf([
      [1, 'one'],
      [1, 'two'],
    ])
    await record(fetch, async (recording) => (await recording(url)).text(), clock)
    const reason = new Error('the user left')
    await expect(replay().fetch(url, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    const standing = createManualClock()
    const before = new AbortController()
    const waiting = replay({ clock: standing }).fetch(url, { signal: before.signal })
    await standing.whenWaiting()
    before.abort(reason)
    await expect(waiting).rejects.toBe(reason)
    const within = new AbortController()
    const response = await replay().fetch(url, { signal: within.signal })
    const reader = response.body?.getReader()
    await reader?.read()
    within.abort(reason)
    await expect(reader?.read()).rejects.toBe(reason)
  })

  it('refuses to record over a cassette, and to replay none', async () => {
    await expect(replay().fetch(url)).rejects.toMatchObject({
      code: 'cassette_not_found',
      message: `Expected a cassette at ${JSON.stringify(path)}, but it holds no request. Record it first, with mode "record".`,
    })
    await record(answer('yes'), (recording) => ask(recording, {}))
    const again = createCassette({ path, mode: 'record', fetch: noFetch })
    await expect(again.fetch(url)).rejects.toMatchObject({
      code: 'cassette_exists',
      message: `Expected no cassette at ${JSON.stringify(path)}, but there is one. Delete it to record it anew, or use mode "replay".`,
    })
  })

  it('refuses a cassette that was changed', async () => {
    await record(answer('yes'), (recording) => ask(recording, {}))
    expect(await verify(createJsonlStore({ path }))).toMatchObject({ ok: true, steps: 1 })
    writeFileSync(path, readFileSync(path, 'utf8').replace('"yes"', '"yet"'))
    await expect(replay().fetch(url)).rejects.toMatchObject({ code: 'record_damaged' })
  })

  it('says on close what could not be written', async () => {
    const fetch: Fetch = async () => {
      mkdirSync(path)
      return new Response('yes')
    }
    const cassette = createCassette({ path, mode: 'record', fetch })
    await ask(cassette.fetch, {})
    await expect(cassette.close()).rejects.toMatchObject({ code: 'record_write_failed' })
  })

  it.each([
    [{ path: '', mode: 'replay' }, '"path" must be a string that is not empty, got a string ("").'],
    [{ path: 'a', mode: 'auto' }, '"mode" must be "record" or "replay", got a string ("auto").'],
    [undefined, '"options" must be an object, got undefined.'],
    [{ path: 'x', mode: 'replay', header: [] }, '"options" has no key "header". Did you mean "headers"?'],
    [{ path: 'a', mode: 'replay', fetch: 3 }, '"fetch" must be a function, got a number (3).'],
    [{ path: 'a', mode: 'replay', headers: 'a' }, '"headers" must be an array, got a string ("a").'],
    [{ path: 'a', mode: 'replay', normalize: 'a' }, '"normalize" must be a function, got a string ("a").'],
    [{ path: 'a' }, '"mode" must be "record" or "replay", got undefined.'],
  ])('refuses %j', (options, message) => {
    expect(() => createCassette(options as never)).toThrow(new TypeError(message))
  })
})

describe('createCassette, in front of a real server', () => {
  let server: Server
  let base: string

  beforeEach(async () => {
    server = createServer((_, response) => {
      response.setHeader('content-encoding', 'identity')
      response.end('real')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })

  afterEach(() => server.close())

  it('records through it, and replays when it is gone', async () => {
    const recording = createCassette({ path, mode: 'record' })
    const live = await recording.fetch(base)
    expect([live.url, await live.text()]).toEqual([`${base}/`, 'real'])
    await recording.close()
    server.close()
    const replaying = createCassette({ path, mode: 'replay' })
    const response = await replaying.fetch(base)
    expect([response.url, await response.text()]).toEqual([`${base}/`, 'real'])
    expect(response.headers.get('content-encoding')).toBeNull()
  })
})
