import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { createManualClock } from '../create-manual-clock.ts'
import { createFakeServer } from './create-fake-server.ts'
import type { FakeHandler } from './fake-api.ts'
import type { FakeStep } from './fake-step.ts'

/** Five numbered events. */
const count: FakeHandler = () => ({ events: ['0', '1', '2', '3', '4'].map((data) => ({ data })) })

describe('createFakeServer', () => {
  it('answers with what the handler returns', async () => {
    await using server = await createFakeServer(({ method, path, url, body }) => ({
      status: 201,
      headers: { 'x-extra': 'yes' },
      body: { method, path, query: url.search, body },
    }))
    const response = await fetch(`${server.url}/some/path?a=1`, { method: 'PUT', body: 'text ☔️' })
    expect(response.status).toBe(201)
    expect(response.headers.get('x-extra')).toBe('yes')
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(await response.json()).toEqual({ method: 'PUT', path: '/some/path', query: '?a=1', body: 'text ☔️' })
  })

  it('sends text, bytes, chunks and nothing as they are', async () => {
    const bytes = new Uint8Array([0, 255, 128])
    await using server = await createFakeServer(({ path }) => {
      if (path === '/text') return { body: 'plain' }
      if (path === '/bytes') return { body: bytes }
      return path === '/chunks' ? { chunks: ['a', bytes] } : { status: 204 }
    })
    expect(await (await fetch(`${server.url}/text`)).text()).toBe('plain')
    expect(await (await fetch(`${server.url}/bytes`)).bytes()).toEqual(bytes)
    expect(await (await fetch(`${server.url}/chunks`)).bytes()).toEqual(new Uint8Array([97, 0, 255, 128]))
    expect((await fetch(`${server.url}/nothing`)).status).toBe(204)
  })

  it('takes one step of the script for each request, and hands it to the handler', async () => {
    const script: (FakeStep & { word: string })[] = [{ word: 'one' }, { word: 'two', headers: { 'x-step': '2' } }]
    await using server = await createFakeServer((_, step) => ({ body: step?.word }), script)
    expect(await (await fetch(server.url)).text()).toBe('one')
    const second = await fetch(server.url)
    expect([await second.text(), second.headers.get('x-step')]).toEqual(['two', '2'])
    const third = await fetch(server.url)
    expect(third.status).toBe(400)
    expect(await third.text()).toContain('The script has 2 steps, and all are taken: no reply for this request.')
    server.enqueue({ word: 'three' })
    expect(await (await fetch(server.url)).text()).toBe('three')
  })

  it('asks a script that is a function for each request', async () => {
    await using server = await createFakeServer(
      () => ({ body: 'fine' }),
      ({ index }) => (index === 1 ? { fault: { type: 'status', status: 503 } } : undefined),
    )
    const statuses = []
    for (const _ of [0, 1, 2]) statuses.push((await fetch(server.url)).status)
    expect(statuses).toEqual([200, 503, 200])
    expect(() => server.enqueue({ fault: { type: 'status', status: 500 } })).toThrow(
      'The script is a function: return the step from there.',
    )
  })

  it('tells the client of a handler that throws, or whose reply cannot be sent', async () => {
    await using server = await createFakeServer(({ path }) => {
      if (path === '/throw') throw new Error('a bug in the handler')
      return { headers: { 'x-bad': 'line\nbreak' } }
    })
    const thrown = await fetch(`${server.url}/throw`)
    expect([thrown.status, await thrown.json()]).toEqual([
      400,
      { error: { status: 400, message: 'Error: a bug in the handler' } },
    ])
    expect((await fetch(server.url)).status).toBe(400)
  })

  it('refuses what is no handler and no script', async () => {
    await expect(createFakeServer(3 as unknown as FakeHandler)).rejects.toThrow(
      '"api" must be a function, or an object with a function "handle", got a number (3).',
    )
    await expect(createFakeServer(count, 'steps' as never)).rejects.toThrow(
      '"script" must be an array of steps or a function, got a string ("steps").',
    )
  })

  it.each([[[3]], [[null]], [['fine', []]]])('refuses the script %j', async (script) => {
    await expect(createFakeServer(count, script as never)).rejects.toThrow(
      'must be a step, which is an object or a text, got',
    )
    await using server = await createFakeServer(count, () => script[script.length - 1] as never)
    expect((await fetch(server.url)).status).toBe(400)
    await using empty = await createFakeServer(count)
    expect(() => empty.enqueue(...(script as never[]))).toThrow(TypeError)
  })

  it.each([
    [
      { headerDelay: -1 },
      '"script[1].headerDelay" must be a number of milliseconds that is not negative, got a number (-1).',
    ],
    [
      { frameDelay: '9' },
      '"script[1].frameDelay" must be a number of milliseconds that is not negative, got a string ("9").',
    ],
    [{ headers: { 'x-a': 1 } }, '"script[1].headers" must be an object of texts, got an object.'],
    [
      { fault: { type: 'nope' } },
      '"script[1].fault.type" must be one of status, stream-error, socket-cut, stall, endless-stream, malformed-frame, got a string ("nope").',
    ],
    [{ fault: { type: 'status' } }, '"script[1].fault.status" must be a status from 300 to 599, got undefined.'],
    [
      { fault: { type: 'stream-error', status: 42 } },
      '"script[1].fault.status" must be a status from 300 to 599, got a number (42).',
    ],
    [
      { fault: { type: 'endless-stream', at: 'headers' } },
      '"script[1].fault.at" must be first, middle, last or the number of a frame from 0, got a string ("headers").',
    ],
    [
      { fault: { type: 'stall', at: -1 } },
      '"script[1].fault.at" must be first, middle, last, headers or the number of a frame from 0, got a number (-1).',
    ],
    [
      { fault: { type: 'status', status: 429, retryAfter: -2 } },
      '"script[1].fault.retryAfter" must be a text or a number of seconds that is not negative, got a number (-2).',
    ],
    [
      { fault: { type: 'status', status: 429, message: 3 } },
      '"script[1].fault.message" must be a text, got a number (3).',
    ],
  ])('refuses the step %j when it is written, not when it is taken', async (step, message) => {
    await expect(createFakeServer(count, [{}, step as never])).rejects.toThrow(new TypeError(message))
  })

  it('names a wrong step by where it came from', async () => {
    const wrong = { headerDelay: -1 }
    const says = '.headerDelay" must be a number of milliseconds that is not negative, got a number (-1).'
    await using server = await createFakeServer(count)
    expect(() => server.enqueue({}, wrong)).toThrow(new TypeError(`"steps[1]${says}`))
    await using asked = await createFakeServer(count, () => wrong)
    expect(await (await fetch(asked.url)).text()).toContain(`script(request 0)${says.replace('"', '\\"')}`)
  })

  it('checks what its own API understands of a step, too', async () => {
    const api = {
      handle: count,
      checkStep(_step: object, name: string) {
        throw new TypeError(`"${name}" is wrong.`)
      },
    }
    await expect(createFakeServer(api, [{}])).rejects.toThrow(new TypeError('"script[0]" is wrong.'))
  })

  it.each([
    [null, '"options" must be an object, got null.'],
    [{ port: 'x' }, '"port" must be a whole number from 0 to 65535, got a string ("x").'],
    [{ port: 65_536 }, '"port" must be a whole number from 0 to 65535, got a number (65536).'],
  ])('refuses the options %j', async (options, message) => {
    await expect(createFakeServer(count, [], options as never)).rejects.toThrow(new TypeError(message))
  })

  it('refuses a clock that cannot sleep', async () => {
    await expect(createFakeServer(count, [], { clock: {} as never })).rejects.toThrow(
      '"clock" must have a function "sleep", got an object.',
    )
  })

  it('rejects when the port is taken', async () => {
    await using server = await createFakeServer(count)
    await expect(createFakeServer(count, undefined, { port: server.port })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    })
  })
})

describe('status', () => {
  it.each([
    [7, '7'],
    ['Fri, 31 Dec 2027 23:59:59 GMT', 'Fri, 31 Dec 2027 23:59:59 GMT'],
    [undefined, null],
  ])('says to come back after %s', async (retryAfter, header) => {
    await using server = await createFakeServer(count, [
      { fault: { type: 'status', status: 429, retryAfter, message: 'Too fast.', headers: { 'x-limit': '5' } } },
    ])
    const response = await fetch(server.url)
    expect(response.status).toBe(429)
    expect(response.headers.get('retry-after')).toBe(header)
    expect(response.headers.get('x-limit')).toBe('5')
    expect(await response.json()).toEqual({ error: { status: 429, message: 'Too fast.' } })
  })
})

describe('time', () => {
  it('passes on a manual clock, frame by frame', async () => {
    const clock = createManualClock()
    await using server = await createFakeServer(count, [{ headerDelay: 1_000, frameDelay: 50 }], { clock })
    const response = fetch(server.url)
    await clock.whenWaiting()
    await clock.advance(1_000)
    const reader = (await response).body!.getReader()
    const read = async (): Promise<string> => new TextDecoder().decode((await reader.read()).value)
    for (const expected of [0, 1]) {
      await clock.whenWaiting()
      expect(server.requests[0]?.sent).toBe(expected)
      await clock.advance(50)
      expect(await read()).toBe(`data: ${expected}\n\n`)
    }
    await reader.cancel()
    await server.whenIdle()
    expect(clock.waiting).toBe(0)
  })

  it('passes on the real clock, too', async () => {
    await using server = await createFakeServer(count, [{ headerDelay: 1, frameDelay: 1 }])
    expect(await (await fetch(server.url)).text()).toContain('data: 4\n\n')
  })
})

describe('requests', () => {
  it('are kept as they were sent, and shown without secrets', async () => {
    const secret = 'sk-ant-api03-abcdefghijklmnopqrstuvwxyz0123456789'
    await using server = await createFakeServer(count)
    await fetch(`${server.url}/v1?key=${secret}`, {
      method: 'POST',
      headers: { 'x-api-key': secret },
      body: JSON.stringify({ password: secret, text: `my key is ${secret}` }),
    })
    const [request] = server.requests
    expect(request?.headers['x-api-key']).toBe(secret)
    expect(request?.url.searchParams.get('key')).toBe(secret)
    expect(request?.json).toMatchObject({ password: secret })
    for (const shown of [inspect(request), inspect(server, { depth: 9 }), JSON.stringify(server), String(request)]) {
      expect(shown).not.toContain(secret)
    }
    expect(inspect(request)).toContain('[redacted]')
  })

  it('have bytes and text where the body is no JSON', async () => {
    await using server = await createFakeServer(count)
    await fetch(server.url, { method: 'POST', body: new Uint8Array([255, 65]) })
    expect(server.requests[0]).toMatchObject({ json: undefined, body: '\u{fffd}A', index: 0, method: 'POST' })
    expect([...(server.requests[0]?.bytes ?? [])]).toEqual([255, 65])
  })
})

describe('request lines', () => {
  it.each([
    ['//other/path?a', '//other/path'],
    ['//', '//'],
    ['/%', '/%'],
    ['http://other/path', '/path'],
    ['*', '/*'],
  ])('%s does not confuse the server', async (line, path) => {
    await using server = await createFakeServer((request) => ({ body: request.path }))
    const socket = connect(server.port, '127.0.0.1')
    socket.end(`OPTIONS ${line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
    expect(await text(socket)).toMatch(new RegExp(`\r\n\r\n${path.replaceAll('*', '[*]')}$`))
  })
})

describe('progress', () => {
  it('tells of requests, frames and the end', async () => {
    await using server = await createFakeServer(count, [{ fault: { type: 'stall', at: 'last' } }, {}])
    const stalled = await fetch(server.url)
    await server.whenReceived(1)
    await server.whenSent(4)
    expect([server.openRequests, server.openSockets, server.requests[0]?.outcome]).toEqual([1, 1, 'pending'])
    await (await fetch(server.url)).text()
    await server.whenSent(9)
    await stalled.body?.cancel()
    await server.whenIdle()
    expect(server.requests.map(({ outcome }) => outcome)).toEqual(['client-left', 'finished'])
  })

  it('can be waited for no longer', async () => {
    await using server = await createFakeServer(count)
    const reason = new Error('enough')
    const controller = new AbortController()
    const waits = [
      server.whenReceived(1, { signal: controller.signal }),
      server.whenSent(1, { signal: controller.signal }),
      server.whenSent(1, { signal: AbortSignal.abort(reason) }),
    ]
    controller.abort(reason)
    for (const wait of waits) await expect(wait).rejects.toBe(reason)
  })

  it.each([-1, 0.5, Number.NaN, '1'])('is not waited for up to %j', async (number) => {
    await using server = await createFakeServer(count)
    expect(() => server.whenReceived(number as number)).toThrow(TypeError)
    expect(() => server.whenSent(number as number)).toThrow('"count" must be a whole number of at least 0, got a')
  })

  it('does not lose a request whose client leaves before the body is complete', async () => {
    await using server = await createFakeServer(count)
    const socket = connect(server.port, '127.0.0.1').resume()
    socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc')
    await once(socket, 'connect')
    await once(socket.end(), 'close')
    await server.whenIdle()
    expect(server.openSockets).toBe(0)
  })
})

describe('close', () => {
  it('breaks what is open', async () => {
    const server = await createFakeServer(count, [{ fault: { type: 'stall', at: 'headers' } }])
    const response = fetch(server.url)
    await Promise.all([expect(response).rejects.toThrow('fetch failed'), server.whenReceived(1).then(server.close)])
    expect([server.openRequests, server.openSockets]).toEqual([0, 0])
    await server.close()
    await expect(fetch(server.url)).rejects.toThrow('fetch failed')
  })
})

describe('hostile clients', () => {
  it('leave nothing behind: a hundred half requests, and garbage', async () => {
    const server = await createFakeServer(count)
    const sockets = await Promise.all(
      Array.from({ length: 100 }, async () => {
        const socket = connect(server.port, '127.0.0.1').on('error', () => {})
        await once(socket, 'connect')
        socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc')
        return socket
      }),
    )
    const garbage = connect(server.port, '127.0.0.1')
    garbage.write('\0\u0001garbage\r\n\r\n')
    expect(await text(garbage)).toContain('400 Bad Request')
    await server.close()
    expect([server.openRequests, server.openSockets, server.requests]).toEqual([0, 0, []])
    for (const socket of sockets) socket.destroy()
  })

  it('need not wait for a handler that never answers', async () => {
    await using server = await createFakeServer(() => new Promise(() => {}))
    const controller = new AbortController()
    const response = fetch(server.url, { signal: controller.signal }).catch((error: Error) => error.name)
    await server.whenReceived(1)
    controller.abort()
    expect(await response).toBe('AbortError')
    await server.whenIdle()
    expect(server.requests[0]?.outcome).toBe('client-left')
  })
})

describe('load', () => {
  it('serves a thousand streams at once', { timeout: 60_000 }, async () => {
    await using server = await createFakeServer(count)
    const texts = await Promise.all(
      Array.from({ length: 1_000 }, async () => (await (await fetch(server.url)).text()).length),
    )
    expect(new Set(texts)).toEqual(new Set([45]))
    expect(server.requests).toHaveLength(1_000)
    await server.whenIdle()
    expect(server.openRequests).toBe(0)
  })
})
