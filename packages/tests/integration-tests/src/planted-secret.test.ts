import { readFile } from 'node:fs/promises'
import { subscribe } from 'node:diagnostics_channel'
import { inspect } from 'node:util'
import { createRedisBus } from '@empire/bus-redis'
import { createRedisStore } from '@empire/cache-redis'
import { createCache } from '@empire/cache'
import { createConfig, valuesSource } from '@empire/config'
import { describeValue, EmpireError } from '@empire/errors'
import { createJsonlStore, createRunRecorder, createSqliteStore } from '@empire/record'
import { createCassette } from '@empire/record/cassette'
import { createAggregator, defineEvents, formatPrometheus, listEvents } from '@empire/telemetry'
import { createFakeClaude, freePort, temporaryDirectory } from '@empire/test-support'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'

// In two parts, so that no scanner takes this file for a leak.
const secret = ['sk-ant-api03', 'Zq7'.repeat(31)].join('-')

/** Everything that a program may print of a value. */
function printed(value: unknown): string {
  const error = value instanceof Error ? `${value.stack} ${inspect(value, { depth: 10 })}` : ''
  return `${String(value)} ${JSON.stringify(value)} ${inspect(value, { depth: 10 })} ${error}`
}

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail('it should have failed'),
    (error: unknown) => error,
  )
}

const refuse = () => Promise.reject(new EmpireError('refused', `The key ${secret} was refused.`))

describe('a secret planted in', () => {
  it('the message of an error is not shown', () => {
    expect(describeValue(secret)).not.toContain(secret)
    expect(printed(new EmpireError('refused', `The key ${secret} was refused.`))).not.toContain(secret)
  })

  it('the settings is in no snapshot, and in no problem of wrong ones', async () => {
    const schema = z.strictObject({ key: z.string().meta({ secret: true }), port: z.int() })
    const config = await createConfig({ schema, sources: [valuesSource('test', { key: secret, port: 80 })] })
    expect(config.get().key).toBe(secret)
    expect(printed(config.get())).not.toContain(secret)
    await config.close()
    const failure = await failureOf(
      createConfig({ schema, sources: [valuesSource('test', { key: secret, port: secret, [secret]: 1 })] }),
    )
    expect(failure).toMatchObject({ code: 'invalid_config' })
    expect(printed(failure)).not.toContain(secret)
  })

  it('a step is in no record', async () => {
    using directory = disposable(temporaryDirectory())
    const step = { kind: 'call', inputs: { headers: { 'x-api-key': secret } }, output: `got ${secret}`, parents: [] }
    for (const [name, createStore] of [
      ['run.jsonl', createJsonlStore],
      ['run.sqlite', createSqliteStore],
    ] as const) {
      const path = directory.join(name)
      const store = createStore({ path })
      await createRunRecorder({ store }).record(step)
      await store.close()
      expect(await readFile(path, 'latin1')).not.toContain(secret)
    }
  })

  it('a request is in no cassette', async () => {
    using directory = disposable(temporaryDirectory())
    const claude = await createFakeClaude(['Hello.'])
    const path = directory.join('cassette.jsonl')
    const cassette = createCassette({ path, mode: 'record' })
    const response = await cassette.fetch(`${claude.url}/v1/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': secret, 'anthropic-version': '2023-06-01' },
      body: JSON.stringify({ model: 'claude', max_tokens: 9, messages: [{ role: 'user', content: `I am ${secret}` }] }),
    })
    await response.text()
    await cassette.close()
    expect(printed(claude.requests)).not.toContain(secret)
    await claude.close()
    const written = await readFile(path, 'utf8')
    expect(written).toContain('claude')
    expect(written).not.toContain(secret)
  })

  it('the name of a run is in no record, and a failure of a store is in no event', async () => {
    using directory = disposable(temporaryDirectory())
    const heard: unknown[] = []
    for (const { name } of listEvents()) subscribe(name, (message) => heard.push(message))
    const path = directory.join('run.jsonl')
    const store = createJsonlStore({ path })
    await createRunRecorder({ store, run: `run of ${secret}` }).record({
      kind: 'call',
      meta: { body: Buffer.from(secret) },
    })
    await store.close()
    expect(await readFile(path, 'latin1')).not.toContain(secret)
    const broken = createSqliteStore({ path: directory.path })
    heard.push(await failureOf(createRunRecorder({ store: broken }).record({ kind: 'call', inputs: secret })))
    expect(heard.length).toBeGreaterThan(2)
    for (const each of heard) expect(printed(each)).not.toContain(secret)
  })

  it('a failing load of a cache is in no event', async () => {
    const heard: unknown[] = []
    for (const { name } of listEvents()) subscribe(name, (message) => heard.push(message))
    const cache = createCache({ namespace: 'planted' })
    heard.push(await failureOf(cache.getOrSet('key', refuse)))
    await cache.close()
    expect(heard.length).toBeGreaterThan(1)
    for (const each of heard) expect(printed(each)).not.toContain(secret)
  })

  it('a request to a fake server that fails is in no problem of it', async () => {
    const claude = await createFakeClaude([])
    const response = await fetch(`${claude.url}/v1/messages?key=${secret}`, {
      method: 'POST',
      headers: { 'x-api-key': secret },
      body: `{"broken": "${secret}`,
    })
    const answer = await response.text()
    expect(answer + printed(claude.requests)).not.toContain(secret)
    await claude.close()
  })

  it('an event is in no metric', () => {
    const events = defineEvents('planted', {
      call: { description: 'A call was made.', fields: { target: 'label' } },
    })
    const aggregator = createAggregator()
    events.call.publish({ target: `https://api.example/?key=${secret}` })
    const snapshot = aggregator.snapshot()
    aggregator.close()
    expect(JSON.stringify(snapshot)).toContain('planted')
    expect(JSON.stringify(snapshot) + formatPrometheus(snapshot)).not.toContain(secret)
  })

  it('the URL of a Redis is in no error', async () => {
    const url = `redis://user:${secret}@127.0.0.1:${await freePort()}`
    const failures: unknown[] = []
    const onConnectionError = (error: unknown) => failures.push(error)
    const bus = createRedisBus({ url, timeout: 50, onConnectionError })
    failures.push(await failureOf(bus.publish('news', 1)))
    await bus.close()
    const store = createRedisStore({ url, onConnectionError })
    failures.push(await failureOf(Promise.resolve(store.get('key'))))
    await store.close()
    expect(failures.length).toBeGreaterThan(2)
    for (const failure of failures) expect(printed(failure)).not.toContain(secret)
  })
})

function disposable(directory: ReturnType<typeof temporaryDirectory>) {
  return { ...directory, [Symbol.dispose]: () => directory.remove() }
}
