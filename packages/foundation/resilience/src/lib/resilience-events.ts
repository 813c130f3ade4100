import { defineEvents } from '@empire/telemetry/events'

/** What happens in all breakers of the process: on the diagnostics channel `empire:resilience:breaker-state`. */
export const resilienceEvents = defineEvents('resilience', {
  'breaker-state': {
    description: 'A breaker has changed to another state; `name` is empty for one that is not shared.',
    fields: { name: 'label', state: ['closed', 'open', 'half-open'] },
  },
})
