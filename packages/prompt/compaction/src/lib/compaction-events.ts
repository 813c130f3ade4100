import { defineEvents } from '@empire/telemetry'

/** What happens in compactions, on the diagnostics channels `empire:compaction:<event>`. Content is not told. */
export const compactionEvents = defineEvents('compaction', {
  complete: {
    description: 'A plan was applied. Without a token counter both numbers of tokens are 0.',
    fields: {
      strategy: 'label',
      outcome: ['changed', 'unchanged'],
      oldTokens: 'sum',
      newTokens: 'sum',
      oldMessages: 'sum',
      newMessages: 'sum',
    },
  },
  failure: {
    description: 'A plan was refused, or could not be made; the context is as it was.',
    fields: { strategy: 'label', outcome: ['refused', 'failed', 'aborted'], error: 'detail' },
  },
  warning: {
    description: 'A plan was made in spite of a problem.',
    fields: { strategy: 'label', code: 'label', message: 'detail' },
  },
})
