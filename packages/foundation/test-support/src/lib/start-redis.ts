import { type ChildProcess, spawn } from 'node:child_process'
import { freePort } from './free-port.ts'
import { ServerStartError } from './server-start-error.ts'

/** Which server is started. */
export interface RedisServerOptions {
  /** The command. Default: `redis-server`, as found on the PATH. */
  readonly command?: string | undefined
  /** Arguments besides those for port, address and persistence. Default: none. */
  readonly args?: readonly string[] | undefined
}

/** A Redis that belongs to one test, which may stop it in mid-run and start it again. */
export interface RedisServer extends AsyncDisposable {
  /** `redis://127.0.0.1:…`, the same after a restart. */
  readonly url: string
  readonly port: number
  /** Starts it again on the same port, empty. Does nothing while it runs. */
  start(): Promise<void>
  /** Ends it and waits for its end: with SIGTERM, or another signal such as SIGKILL. Does nothing when it has ended. */
  stop(signal?: NodeJS.Signals): Promise<void>
}

/**
 * Starts a Redis on a free port, without persistence: for tests that break it. It ends with the process, too.
 *
 * @throws {ServerStartError} when there is no such command, or it ends before it is ready.
 */
export async function startRedis(options: RedisServerOptions = {}): Promise<RedisServer> {
  const { command = 'redis-server', args = [] } = options
  const port = await freePort()
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', ...args]
  let running: Promise<ChildProcess> | undefined

  async function start(): Promise<void> {
    running ??= launch(command, settings, () => (running = undefined))
    await running
  }

  async function stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const child = await running
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    await new Promise((resolve) => {
      child.once('exit', resolve)
      child.kill(signal)
    })
  }

  await start()
  return Object.freeze({
    url: `redis://127.0.0.1:${port}`,
    port,
    start,
    stop,
    [Symbol.asyncDispose]: () => stop('SIGKILL'),
  })
}

/** Resolves when the server accepts connections. */
function launch(command: string, args: readonly string[], onEnd: () => void): Promise<ChildProcess> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'] })
    const kill = (): void => void child.kill('SIGKILL')
    process.once('exit', kill)
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output = `${output}${text}`.slice(-2_000)
      if (output.includes('Ready to accept connections')) resolve(child)
    })
    child.once('error', (error) => end(`"${error.message}"`, error))
    child.once('exit', (code, signal) => end(`its end (${signal ?? code}) after "${output.trim()}"`))

    function end(came: string, cause?: unknown): void {
      process.off('exit', kill)
      onEnd()
      reject(new ServerStartError(command, came, cause))
    }
  })
}
