import { defineEvents } from '@empire/telemetry'

/** What happens in runs of this process, on the diagnostics channels `empire:ingest:item` and so on. */
export const ingestEvents = defineEvents('ingest', {
  item: {
    description:
      'An item of a source has come to its end in a run; `reason` is the code of what is wrong, if anything is.',
    fields: {
      source: 'label',
      outcome: ['indexed', 'unchanged', 'deleted', 'skipped', 'dead-lettered', 'stopped'],
      reason: 'label',
      chunks: 'sum',
      bytes: 'sum',
      id: 'detail',
    },
  },
  retry: {
    description: 'An attempt at an item, or at a flush of the sink, failed and is made again after `delay`.',
    fields: {
      source: 'label',
      step: ['read', 'parse', 'chunk', 'write', 'remove'],
      delay: 'duration',
      error: 'detail',
    },
  },
  run: {
    description: 'A run over a source, or over its dead letters, is over.',
    fields: {
      source: 'label',
      outcome: ['complete', 'failed', 'aborted'],
      found: 'sum',
      chunks: 'sum',
      bytes: 'sum',
      duration: 'duration',
    },
  },
})
