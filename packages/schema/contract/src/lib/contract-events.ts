import { defineEvents } from '@empire/telemetry'

/** What happens at contracts, on the diagnostics channels `empire:contract:<event>`. Values are not told. */
export const contractEvents = defineEvents('contract', {
  call: {
    description: 'A function with a contract was called.',
    fields: { contract: 'label', checked: ['yes', 'no'] },
  },
  violation: {
    description: 'A call broke its contract.',
    fields: {
      contract: 'label',
      party: ['caller', 'callee'],
      part: ['input', 'output', 'errors'],
      outcome: ['thrown', 'passed'],
      issues: 'sum',
      error: 'detail',
    },
  },
})
