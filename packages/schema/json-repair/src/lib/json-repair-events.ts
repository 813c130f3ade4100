import { defineEvents } from '@empire/telemetry/events'

/** What happens when JSON is repaired, on the diagnostics channels `empire:json-repair:<event>`. Texts and values are not told. */
export const jsonRepairEvents = defineEvents('json-repair', {
  rung: {
    description: 'A rung of the repair ladder was tried.',
    fields: {
      rung: ['structural', 'schema', 'model'],
      outcome: ['valid', 'invalid', 'rejected', 'failed', 'refused', 'too_large', 'too_deep'],
      duration: 'duration',
      cost: 'sum',
      error: 'detail',
    },
  },
})
