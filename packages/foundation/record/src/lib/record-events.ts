import { defineEvents } from '@empire/telemetry/events'

/** What happens in record stores, on the diagnostics channels `empire:record:<event>`. What is recorded is not told. */
export const recordEvents = defineEvents('record', {
  write: {
    description: 'Steps that came together were written to a file.',
    fields: { store: ['jsonl', 'sqlite'], steps: 'sum', duration: 'duration' },
  },
  failure: {
    description: 'Steps could not be written, and the store refuses every later one.',
    fields: { store: ['jsonl', 'sqlite'], steps: 'sum', error: 'detail' },
  },
  'torn-line': {
    description: 'A last line that was cut off while it was written was removed.',
    fields: { bytes: 'sum', path: 'detail' },
  },
})
