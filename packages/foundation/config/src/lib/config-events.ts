import { defineEvents } from '@empire/telemetry/events'

/** What happens to settings, on the diagnostics channels `empire:config:<event>`. Settings are not told. */
export const configEvents = defineEvents('config', {
  load: {
    description:
      'The sources were loaded: for the first time, because somebody asked, or because one may have changed.',
    fields: {
      cause: ['start', 'call', 'watch', 'bus'],
      outcome: ['changed', 'unchanged', 'invalid', 'failed'],
      changes: 'sum',
      problems: 'sum',
      duration: 'duration',
      error: 'detail',
    },
  },
  failure: {
    description:
      'What nobody waited for went wrong, and `onError` was told: a reload, a watch, a listener, or the bus.',
    fields: { of: ['reload', 'watch', 'listener', 'bus'], error: 'detail' },
  },
})
