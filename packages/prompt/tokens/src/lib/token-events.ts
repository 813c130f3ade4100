import { defineEvents } from '@empire/telemetry/events'

/** What happens to caches of counts, on the diagnostics channels `empire:tokens:<event>`. Texts are not told. */
export const tokenEvents = defineEvents('tokens', {
  'cache-failure': {
    description: 'A cache of counts failed, or held what is no count. The text was counted instead.',
    fields: { counter: 'label', of: ['get', 'set', 'entry'], error: 'detail' },
  },
})
