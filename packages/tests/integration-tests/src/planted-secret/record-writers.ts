import { appendFile, readdir, readFile, writeFile } from 'node:fs/promises'
import {
  createJsonlStore,
  createMemoryStore,
  createRunRecorder,
  createSqliteStore,
  diffRuns,
  readSteps,
  type RecordStore,
  verify,
} from '@empire/record'
import { createCassette } from '@empire/record/cassette'
import { createFakeClaude, createFakeServer, temporaryDirectory, type TemporaryDirectory } from '@empire/test-support'
import { failureOf, foreignFailure, key, password, type Writer } from './writer.ts'

async function filesIn(directory: TemporaryDirectory): Promise<Buffer[]> {
  const names = await readdir(directory.path)
  return Promise.all(names.map((name) => readFile(directory.join(name))))
}

async function allSteps(store: RecordStore): Promise<unknown[]> {
  const steps: unknown[] = []
  for await (const step of readSteps(store)) steps.push(step)
  return steps
}

async function recordAll(store: RecordStore, secret: string): Promise<unknown[]> {
  const recorder = createRunRecorder({ store, run: `run of ${secret}` })
  const receipt = await recorder.record({
    kind: 'call',
    inputs: { headers: { 'x-api-key': secret, authorization: `Bearer ${secret}` }, url: `https://host/?key=${secret}` },
    output: `got ${secret}`,
    meta: { [secret]: { nested: [secret, JSON.stringify({ token: secret })] }, body: Buffer.from(secret) },
  })
  const other = await recorder.record({ kind: 'call', output: { apiKey: secret }, parents: [receipt.id] })
  const steps = await allSteps(store)
  const difference = await diffRuns(readSteps(store), [])
  return [recorder, store, receipt, other, steps, difference, await verify(store)]
}

function storeWriter(name: string, file: string, createStore: (path: string) => RecordStore): Writer {
  return {
    name,
    secret: key,
    async write(secret) {
      await using directory = temporaryDirectory()
      const store = createStore(directory.join(file))
      const written = await recordAll(store, secret)
      // Also beside the file, while the store is open.
      written.push(...(await filesIn(directory)))
      await store.close()
      return [...written, ...(await filesIn(directory))]
    },
  }
}

export const recordWriters: readonly Writer[] = [
  storeWriter('record: JSON lines', 'run.jsonl', (path) => createJsonlStore({ path })),
  storeWriter('record: SQLite', 'run.sqlite', (path) => createSqliteStore({ path })),
  storeWriter('record: memory', 'none', () => createMemoryStore()),
  {
    name: 'record: values under names of secrets',
    secret: password,
    async write(secret) {
      await using directory = temporaryDirectory()
      const store = createJsonlStore({ path: directory.join('run.jsonl') })
      const inputs = {
        password: secret,
        url: `redis://user:${encodeURIComponent(secret)}@host`,
        env: { API_KEY: secret },
      }
      await createRunRecorder({ store }).record({ kind: 'call', inputs, output: JSON.stringify({ password: secret }) })
      await store.close()
      return filesIn(directory)
    },
  },
  {
    name: 'record: a store that cannot write, a torn line, a file of something else',
    secret: key,
    async write(secret) {
      await using directory = temporaryDirectory()
      const path = directory.join('run.jsonl')
      const torn: unknown[] = []
      const store = createJsonlStore({ path })
      await createRunRecorder({ store }).record({ kind: 'call' })
      await store.close()
      await appendFile(path, `{"torn": "${secret}`)
      const again = createJsonlStore({ path, onTornLine: (line) => void torn.push(line) })
      await createRunRecorder({ store: again }).record({ kind: 'call' })
      await again.close()
      await writeFile(directory.join('other.jsonl'), `not a record: ${secret}\n`.repeat(3))
      const other = createJsonlStore({ path: directory.join('other.jsonl') })
      const closed = createSqliteStore({ path: directory.path })
      const broken: RecordStore = { ...createMemoryStore(), append: () => Promise.reject(foreignFailure(secret)) }
      return [
        ...torn,
        await verify(other),
        await allSteps(other).catch((error: unknown) => error),
        await failureOf(createRunRecorder({ store: closed }).record({ kind: 'call', inputs: secret })),
        // What the store of somebody else throws is its own affair; what is told of it is not.
        await createRunRecorder({ store: broken })
          .record({ kind: 'call', inputs: secret })
          .then(String, () => ''),
        await failureOf(
          createRunRecorder({ store: createMemoryStore() }).record({ kind: 'call', inputs: () => secret }),
        ),
      ]
    },
  },
  {
    name: 'cassette: request and reply, and a request that was not recorded',
    secret: key,
    async write(secret) {
      await using directory = temporaryDirectory()
      await using server = await createFakeServer(({ json }) => ({
        headers: { 'set-cookie': `session=${secret}`, 'x-api-key': secret },
        body: { echo: json, token: secret, text: `you sent ${secret}` },
      }))
      await using claude = await createFakeClaude([`Hello, ${secret}.`])
      const path = directory.join('cassette.jsonl')
      const headers = { 'content-type': 'application/json', 'x-api-key': secret, 'anthropic-version': '2023-06-01' }
      const messages = [{ role: 'user', content: `I am ${secret}` }]
      const init = { method: 'POST', headers, body: JSON.stringify({ model: 'claude', max_tokens: 9, messages }) }
      const streamed = { ...init, body: JSON.stringify({ model: 'claude', max_tokens: 9, messages, stream: true }) }
      const tape = createCassette({ path, mode: 'record', headers: ['content-type', 'x-api-key'] })
      await (await tape.fetch(`${server.url}/?key=${secret}`, init)).text()
      await (await tape.fetch(`${claude.url}/v1/messages`, streamed)).text()
      await tape.close()
      const replay = createCassette({ path, mode: 'replay', headers: ['content-type', 'x-api-key'] })
      const replayed = await (await replay.fetch(`${server.url}/?key=${secret}`, init)).text()
      const changed = { ...init, body: init.body.replace('user', secret) }
      const written = [
        tape,
        replayed,
        await failureOf(replay.fetch(`${server.url}/?key=${secret}&other=1`, changed)),
        await replay.unused(),
        replay,
        ...(await filesIn(directory)),
      ]
      await replay.close()
      return written
    },
  },
]
