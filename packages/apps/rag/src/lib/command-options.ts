import type { OptionForm } from './check-option.ts'

/** Options that every command with an index file has. */
export const commandOptions = {
  index: { type: 'string', example: 'docs.db' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies Record<string, OptionForm>
