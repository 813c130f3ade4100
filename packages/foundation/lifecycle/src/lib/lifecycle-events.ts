import { defineEvents } from '@empire/telemetry'
import type { SupervisorEvent } from './supervisor-event.ts'

/** What happens in all supervisors of the process, on the diagnostics channels `empire:lifecycle:<event>`. */
export const lifecycleEvents = defineEvents('lifecycle', {
  'child-started': {
    description: 'A child is ready, for the first time or again.',
    fields: { supervisor: 'label', child: 'label', restarts: 'detail' },
  },
  'child-failed': {
    description: 'A child failed: while it started, or later on.',
    fields: { supervisor: 'label', child: 'label', error: 'detail' },
  },
  'child-ended': {
    description: 'A child ended by itself, without a failure.',
    fields: { supervisor: 'label', child: 'label' },
  },
  'child-stopped': {
    description: 'A child was stopped by its supervisor.',
    fields: { supervisor: 'label', child: 'label' },
  },
  'child-stop-failed': {
    description: 'A child threw when it was stopped. It counts as stopped.',
    fields: { supervisor: 'label', child: 'label', error: 'detail' },
  },
  'child-stuck': {
    description: 'A child was asked to stop, and still runs.',
    fields: { supervisor: 'label', child: 'label' },
  },
  escalated: {
    description: 'A supervisor gave up, and stops all that is left.',
    fields: { supervisor: 'label', error: 'detail' },
  },
})

/** Tells whoever listens to the channel of that event. */
export function publishEvent({ type, ...fields }: SupervisorEvent): void {
  const channel = lifecycleEvents[type] as { publish(payload: typeof fields): void }
  channel.publish(fields)
}
