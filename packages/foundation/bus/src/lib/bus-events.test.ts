import { expect, it, onTestFinished } from 'vitest'
import { busEvents } from './bus-events.ts'
import { createBus } from './create-bus.ts'

it('the events of a bus tell of gaps and failures, and of no payload', async () => {
  const heard: unknown[] = []
  for (const [event, channel] of Object.entries(busEvents)) {
    onTestFinished(channel.subscribe((message: object) => heard.push({ event, ...message, at: 0 })))
  }
  const bus = createBus({ onError() {} })
  const failure = new Error('a listener')
  await bus.subscribe('news', () => Promise.reject(failure), { limit: 1 })
  await Promise.all([bus.publish('news', 'a secret'), bus.publish('news', 'dropped')])
  await new Promise(setImmediate)
  expect(heard).toEqual([
    { event: 'gap', at: 0, topic: 'news', reason: 'overflow' },
    { event: 'failure', at: 0, topic: 'news', error: failure },
  ])
})
