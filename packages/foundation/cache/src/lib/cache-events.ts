import { defineEvents } from '@empire/telemetry'

/** What happens in caches, on the diagnostics channels `empire:cache:<event>`. Keys and values are not told. */
export const cacheEvents = defineEvents('cache', {
  load: {
    description: 'A load has ended.',
    fields: { namespace: 'label', outcome: ['loaded', 'failed', 'aborted'], duration: 'duration', error: 'detail' },
  },
  invalidation: {
    description: 'Something was invalidated, in this process or in another one.',
    fields: { namespace: 'label', origin: ['here', 'elsewhere'], labels: 'sum' },
  },
  gap: {
    description: 'Memory was emptied, since messages from other processes may have been missed.',
    fields: { namespace: 'label' },
  },
  failure: {
    description: 'The store or the bus of a cache did not do what it was asked for.',
    fields: { namespace: 'label', of: ['store', 'bus'], error: 'detail' },
  },
})
