import { describeValue, EmpireError } from '@empire/errors'
import { createRedactor, findSecrets, redact } from '@empire/redaction'
import {
  ConformanceError,
  createFakeClaude,
  createFakeGemini,
  createFakeServer,
  createProxy,
  freePort,
  runConformance,
  service,
} from '@empire/test-support'
import { failureOf, foreignFailure, key, password, type Writer } from './writer.ts'

export const errorsAndTestSupportWriters: readonly Writer[] = [
  {
    name: 'errors: message, details, causes, and a value in words',
    secret: key,
    write(secret) {
      const inner = new EmpireError('refused', `The key ${secret} was refused.`, { cause: foreignFailure(secret) })
      const outer = new EmpireError('failed', 'Failed.', { cause: inner, details: { headers: { cookie: secret } } })
      const group = new EmpireError('failed', 'Failed.', {
        cause: new AggregateError([foreignFailure(secret)], secret),
      })
      return [inner, outer, group, { outer }, describeValue(secret), describeValue(`${'x'.repeat(30)} ${secret}`)]
    },
  },
  {
    name: 'redaction: data with secrets of the list, and one that was given',
    secret: password,
    write(secret) {
      const redactor = createRedactor({ secrets: [secret] })
      const data = { text: `it is ${secret}`, [secret]: [secret], json: JSON.stringify({ secret }), password: secret }
      return [redactor.redact(data), redactor, redact({ password: secret, nested: new Map([['token', secret]]) })]
    },
  },
  { name: 'redaction: where secrets stand', secret: key, write: (secret) => [findSecrets(`it is ${secret}`)] },
  {
    name: 'test-support: logs of requests, and refusals of fake servers',
    secret: key,
    async write(secret) {
      await using claude = await createFakeClaude([], { apiKey: 'another' })
      await using gemini = await createFakeGemini(['a'], { apiKey: secret })
      await using server = await createFakeServer(() => Promise.reject(foreignFailure(secret)))
      const init = {
        method: 'POST',
        headers: {
          'x-api-key': secret,
          'x-goog-api-key': `${secret}x`,
          authorization: `Bearer ${secret}`,
          cookie: secret,
        },
        body: JSON.stringify({ model: secret, contents: secret, apiKey: secret }),
      }
      const written: unknown[] = []
      for (const url of [
        `${claude.url}/v1/messages?key=${secret}`,
        `${gemini.url}/v1/models/${secret}:generateContent?key=${secret}`,
        server.url,
      ]) {
        for (const body of [init.body, `{"broken": "${secret}`])
          written.push(await (await fetch(url, { ...init, body })).text())
      }
      written.push(claude, gemini, server, claude.requests, gemini.requests, server.requests)
      written.push(await failureOf(createFakeClaude([{ text: 'a' }, { toolCalls: secret as never }])))
      return written
    },
  },
  {
    name: 'test-support: conformance',
    secret: key,
    async write(secret) {
      const cases = [{ name: 'keeps', run: () => Promise.reject(foreignFailure(secret)) }]
      const failure = await failureOf(runConformance(cases))
      if (!(failure instanceof ConformanceError)) throw failure
      return [failure]
    },
  },
  {
    name: 'test-support: URLs of services and proxies',
    secret: password,
    async write(secret) {
      const written: unknown[] = []
      for (const [name, protocol] of [
        ['redis', 'redis'],
        ['postgres', 'postgres'],
        ['nats', 'nats'],
      ] as const) {
        const url = `${protocol}://user:${encodeURIComponent(secret)}@127.0.0.1:${await freePort()}/x`
        const env = { [`EMPIRE_${name.toUpperCase()}_URL`]: url }
        const corner = service(name, { env })
        await using proxy = await createProxy(url)
        const client = { query: () => [] }
        written.push(corner, await failureOf(corner.setUp(client)), proxy)
        if (name === 'redis') written.push(await failureOf(corner.tearDown()))
        const wrong = { [`EMPIRE_${name.toUpperCase()}_URL`]: `http://user:${encodeURIComponent(secret)}@127.0.0.1` }
        written.push(await failureOf((async () => service(name, { env: wrong }))()))
        written.push(await failureOf(createProxy(`unknown://user:${encodeURIComponent(secret)}@host`)))
      }
      return written
    },
  },
]
