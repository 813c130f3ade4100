import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { text as readAll } from 'node:stream/consumers'
import { afterEach, describe, expect, it } from 'vitest'
import { createProxy } from './create-proxy.ts'

const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp()
})

/** A server that sends back what it gets. */
async function startEcho(): Promise<string> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {}).pipe(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  cleanUps.push(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return `redis://user:secret@127.0.0.1:${(server.address() as AddressInfo).port}/3`
}

async function open(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').on('error', () => {})
  cleanUps.push(() => socket.destroy())
  await once(socket, 'connect')
  return socket
}

/** Unlike `once()`, not troubled by the error that comes first. */
function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()))
}

describe('createProxy', () => {
  it('keeps all of the URL but the address', async () => {
    await using proxy = await createProxy(await startEcho())
    expect(proxy.url).toBe(`redis://user:secret@127.0.0.1:${proxy.port}/3`)
  })

  it('passes bytes both ways', async () => {
    await using proxy = await createProxy(await startEcho())
    const socket = await open(proxy.port)
    socket.write('hello')
    expect(String((await once(socket, 'data'))[0])).toBe('hello')
    expect(proxy.connections).toBe(1)
  })

  it('loses nothing of what comes before an end', async () => {
    const text = 'x'.repeat(3_000_000)
    const server = createServer((socket) => socket.end(text))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    cleanUps.push(() => server.close())
    await using proxy = await createProxy(`tcp://127.0.0.1:${(server.address() as AddressInfo).port}`)
    const socket = connect(proxy.port, '127.0.0.1')
    expect((await readAll(socket)).length).toBe(text.length)
  })

  it('breaks connections and refuses new ones while cut', async () => {
    await using proxy = await createProxy(await startEcho())
    const before = await open(proxy.port)
    before.write('hello')
    await once(before, 'data')
    proxy.cut()
    await closed(before)
    const during = connect(proxy.port, '127.0.0.1').on('error', () => {})
    await closed(during)
    proxy.restore()
    const after = await open(proxy.port)
    after.write('again')
    expect(String((await once(after, 'data'))[0])).toBe('again')
  })

  it('holds back everything while frozen, and loses nothing', async () => {
    await using proxy = await createProxy(await startEcho())
    const socket = await open(proxy.port)
    socket.write('a')
    await once(socket, 'data')
    proxy.freeze()
    let received = ''
    socket.on('data', (data) => (received += data))
    socket.write('b')
    // A round trip through another connection: whatever was going to pass has passed.
    const other = await startEcho()
    await using free = await createProxy(other)
    const witness = await open(free.port)
    witness.write('w')
    await once(witness, 'data')
    expect(received).toBe('')
    proxy.thaw()
    await once(socket, 'data')
    expect(received).toBe('b')
  })

  it('breaks the connection where the server is not there', async () => {
    await using proxy = await createProxy('redis://127.0.0.1:1')
    const socket = connect(proxy.port, '127.0.0.1').on('error', () => {})
    await closed(socket)
    expect(proxy.connections).toBe(0)
  })

  it.each(['', 'localhost', 'foo://host', 3])('refuses %j', async (url) => {
    await expect(createProxy(url as string)).rejects.toThrow(TypeError)
  })
})
