import {
  createAggregator,
  createTelemetry,
  defineEvents,
  formatPrometheus,
  setContent,
  setContentRecording,
} from '@empire/telemetry'
import { failureOf, foreignFailure, key, password, type Writer } from './writer.ts'

const telemetry = createTelemetry('planted', '1.0.0')
const events = defineEvents('planted', {
  call: { description: 'A call was made.', fields: { target: 'label', error: 'detail', prompt: 'content' } },
})

/** Spans and metrics themselves are read where they come out: by the test that runs these. */
export const telemetryWriters: readonly Writer[] = [
  {
    name: 'telemetry: names, attributes, status and exceptions of spans',
    secret: key,
    async write(secret) {
      const attributes = { 'http.url': `https://host/?key=${secret}`, list: [secret, 'b'], 'api.key': secret }
      telemetry.withSpan(`call ${secret}`, { attributes }, () => {})
      const failed = telemetry.withSpan('failing', {}, () => Promise.reject(foreignFailure(secret)))
      await failureOf(failed)
      await failureOf(
        (async () =>
          telemetry.withSpan('thrown text', {}, () => {
            // oxlint-disable-next-line no-throw-literal -- as some libraries do
            throw `${secret} was refused`
          }))(),
      )
      setContentRecording(true)
      telemetry.withSpan('content', {}, (span) => {
        setContent(span, 'prompt', [{ role: 'user', content: `I am ${secret}` }, { bytes: Buffer.from(secret) }])
        setContent(span, 'output', () => `Your key is ${secret}`)
      })
      setContentRecording(false)
      return [telemetry]
    },
  },
  {
    name: 'telemetry: attributes of metrics, events and their sums',
    secret: key,
    write(secret) {
      const aggregator = createAggregator()
      telemetry.counter('planted.calls').add(1, { target: secret, url: `https://host/?key=${secret}` })
      telemetry.histogram('planted.durations').record(1, { target: secret })
      setContentRecording(true)
      events.call.publish({ target: 'here', error: foreignFailure(secret), prompt: `I am ${secret}` })
      setContentRecording(false)
      events.call.publish({ target: 'here', error: { headers: { 'x-api-key': secret } }, prompt: secret })
      const snapshot = aggregator.snapshot()
      const written = [snapshot, formatPrometheus(snapshot), aggregator, events]
      aggregator.close()
      return written
    },
  },
  {
    name: 'telemetry: passwords by their name',
    secret: password,
    write(secret) {
      const url = `redis://user:${encodeURIComponent(secret)}@host`
      telemetry.withSpan('by name', { attributes: { password: secret, url } }, () => {})
      telemetry.counter('planted.named').add(1, { password: secret, url })
      events.call.publish({ target: 'here', error: { password: secret, url } })
      return [events]
    },
  },
]
