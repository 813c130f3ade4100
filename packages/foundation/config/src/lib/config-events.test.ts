import { createBus } from '@empire/bus'
import { expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { configEvents } from './config-events.ts'
import type { ConfigEvents } from './config-options.ts'
import { createConfig } from './create-config.ts'
import { valuesSource } from './values-source.ts'

it('the events of a config tell of loads and failures, and of no setting', async () => {
  const heard: unknown[] = []
  for (const [event, channel] of Object.entries(configEvents)) {
    onTestFinished(channel.subscribe((message: object) => heard.push({ event, ...message, at: 0, duration: 0 })))
  }
  let port: unknown = 1
  const bus = createBus<ConfigEvents>()
  const config = await createConfig({
    schema: z.object({ port: z.int() }),
    sources: [valuesSource('values', () => ({ port }))],
    bus,
    onError() {},
  })
  port = 2
  await config.reload()
  port = 'x'
  await bus.publish('empire:config:changed', { origin: 'another' })
  await config.reload().catch(() => {})
  const failure = new Error('a listener')
  config.subscribe('port', () => Promise.reject(failure))
  port = 3
  await config.reload()
  await config.reload()

  const load = { event: 'load', at: 0, duration: 0, changes: 0, problems: 0 }
  const error: unknown = expect.objectContaining({ code: 'invalid_config' })
  expect(heard).toEqual([
    { ...load, cause: 'start', outcome: 'changed' },
    { ...load, cause: 'call', outcome: 'changed', changes: 1 },
    { ...load, cause: 'call', outcome: 'invalid', problems: 1, error },
    { event: 'failure', at: 0, duration: 0, of: 'reload', error },
    { event: 'failure', at: 0, duration: 0, of: 'listener', error: failure },
    { ...load, cause: 'call', outcome: 'changed', changes: 1 },
    { ...load, cause: 'call', outcome: 'unchanged' },
  ])
})
