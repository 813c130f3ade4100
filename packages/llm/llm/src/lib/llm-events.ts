import { defineEvents } from '@empire/telemetry/events'

/** What happens to calls of models: on the diagnostics channels `empire:llm:<event>`. */
export const llmEvents = defineEvents('llm', {
  attempt: {
    description:
      'An attempt of `withRetry` has answered, or failed and is made again after `delay`, or failed for good, or was aborted.',
    fields: {
      model: 'label',
      outcome: ['answered', 'retried', 'failed', 'aborted'],
      code: 'label',
      attempt: 'detail',
      duration: 'duration',
      delay: 'sum',
    },
  },
  tool: {
    description: 'A call of a tool has ended in `runTools`; `tool` is empty for one that there is not.',
    fields: { tool: 'label', outcome: ['ok', 'failed'], duration: 'duration' },
  },
  cost: {
    description:
      'A call was charged by `withCost`, in billionths of a US dollar; `known` is `no` where there is no price.',
    fields: { model: 'label', known: ['yes', 'no'], cost: 'sum' },
  },
})
