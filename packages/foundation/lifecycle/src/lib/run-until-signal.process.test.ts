import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, it } from 'vitest'

const door = JSON.stringify(join(import.meta.dirname, '..', 'index.ts'))
const running = new Set<ChildProcess>()

afterEach(() => {
  for (const child of running) child.kill('SIGKILL')
})

/** A real process that says `ready`, and what it is asked to do, line by line. */
async function launch(children: string, options = '{}') {
  const program = `
    import { createSupervisor, runUntilSignal } from ${door}
    const say = (word) => process.stdout.write(word + '\\n')
    const never = () => new Promise(() => {})
    const whenAborted = (signal) => new Promise((resolve) => signal.addEventListener('abort', resolve))
    setInterval(() => {}, 1_000_000).unref()
    const app = createSupervisor({ name: 'app', forceTimeout: 10, backoff: { initial: 0 }, children: ${children} })
    await runUntilSignal(app, ${options})
    say(['SIGINT', 'SIGTERM'].map((signal) => process.listenerCount(signal)).join() + ' listeners')`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  child.once('exit', () => running.delete(child))
  let output = ''
  const said = new Set<() => void>()
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk
    for (const look of said) look()
  })
  const errors = text(child.stderr)
  const ended = once(child, 'close')

  return {
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    /** Resolves as soon as the process has said it, or has ended without. */
    whenSaid: (word: string) =>
      Promise.race([
        ended,
        new Promise<void>((resolve) => {
          const look = (): void => void (output.includes(`${word}\n`) && resolve())
          said.add(look)
          look()
        }),
      ]),
    async end() {
      const [code, signal] = (await ended) as [number | null, NodeJS.Signals | null]
      return { code, signal, output: output.trim().split('\n'), errors: await errors }
    },
  }
}

const ticking = `{
  name: 'web',
  start(signal) { const timer = setInterval(() => {}, 1_000); signal.addEventListener('abort', () => clearInterval(timer)); say('ready') },
  async stop() { await null; say('stopped') },
}`

describe('a process under runUntilSignal', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('ends with code 0 and without listeners at %s', async (signal) => {
    const program = await launch(`[${ticking}]`)
    await program.whenSaid('ready')
    program.kill(signal)
    expect(await program.end()).toEqual({
      code: 0,
      signal: null,
      output: ['ready', 'stopped', '0,0 listeners'],
      errors: '',
    })
  })

  it('ends with code 1 after the deadline, and names who is deaf, though that has no limit of its own', async () => {
    const deaf = `{ name: 'deaf', stopTimeout: Infinity, start() { say('ready') }, stop: never }`
    const program = await launch(`[${ticking}, ${deaf}]`, '{ deadline: 20 }')
    await program.whenSaid('ready')
    program.kill('SIGTERM')
    const { code, output, errors } = await program.end()
    expect([code, output.at(-1)]).toEqual([1, 'stopped'])
    expect(errors).toContain('Expected every child to stop in time, but still running: "deaf".')
  })

  it('waits no longer at the second signal', async () => {
    const slow = `{ name: 'slow', stopTimeout: 1_000_000, start() { say('ready') }, stop(signal) { say('stopping'); return whenAborted(signal) } }`
    const program = await launch(`[${slow}]`, '{ deadline: 1_000_000 }')
    await program.whenSaid('ready')
    program.kill('SIGINT')
    await program.whenSaid('stopping')
    program.kill('SIGINT')
    expect(await program.end()).toMatchObject({ code: 0, output: ['ready', 'stopping', '0,0 listeners'] })
  })

  it('ends with code 0 when it is stopped while it starts', async () => {
    const slow = `{ name: 'slow', async start(signal) { say('starting'); setTimeout(() => {}, 1_000_000).unref(); await whenAborted(signal); throw signal.reason } }`
    const program = await launch(`[${ticking}, ${slow}]`)
    await program.whenSaid('starting')
    program.kill('SIGTERM')
    expect(await program.end()).toMatchObject({ code: 0, output: ['ready', 'starting', 'stopped', '0,0 listeners'] })
  })

  it('ends with code 1 and the error when a child fails too often, after the others have stopped', async () => {
    const broken = `{ name: 'broken', restart: 'always', start: () => ({ ended: Promise.reject(new Error('no disk')) }) }`
    const program = await launch(`[${ticking}, ${broken}]`)
    const { code, output, errors } = await program.end()
    expect([code, output]).toEqual([1, ['ready', 'stopped']])
    expect(errors).toContain('restart_budget_exceeded')
    expect(errors).toContain('no disk')
  })
})
