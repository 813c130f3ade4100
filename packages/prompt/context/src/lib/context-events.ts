import { defineEvents } from '@empire/telemetry/events'

/** What happens in contexts, on the diagnostics channels `empire:context:<event>`. What messages say is not told. */
export const contextEvents = defineEvents('context', {
  add: {
    description: 'A message was added; `length` is the number of messages with it.',
    fields: {
      role: ['system', 'user', 'assistant', 'tool', 'tool_result', 'media'],
      characters: 'sum',
      length: 'detail',
    },
  },
  warning: {
    description:
      'Something can be mended: a message was added whose engine or module the context lacks, a function took the place of another, or tokens are estimated as nothing is known about the model.',
    fields: { reason: ['unknown_engine', 'unknown_module', 'module_replaced', 'tokens_estimated'], about: 'detail' },
  },
})
