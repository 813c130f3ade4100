import { defineEvents } from '@empire/telemetry/events'

/** What happens on buses of any kind, on the diagnostics channels `empire:bus:<event>`. Payloads are not told. */
export const busEvents = defineEvents('bus', {
  gap: {
    description: 'A subscriber may have missed messages.',
    fields: { topic: 'label', reason: ['reconnected', 'overflow', 'unreadable'] },
  },
  failure: {
    description: 'A listener, or the `onGap` of one, threw or rejected.',
    fields: { topic: 'label', error: 'detail' },
  },
})
