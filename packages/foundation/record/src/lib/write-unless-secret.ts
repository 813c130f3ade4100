import { isSecretMember } from '@empire/redaction'
import { writeAllowed } from './canonical-json.ts'
import { Shared } from './shared-content.ts'

/**
 * The canonical JSON of data in which `redact` finds nothing to hide, and `undefined` for any other: most data is written at the
 * first try, and what it costs to look for secrets is the texts. What cannot be written is for the second to refuse.
 */
export function writeUnlessSecret(value: unknown): string | undefined {
  const data = value instanceof Shared ? value.toJSON() : value
  if (typeof data !== 'object') return undefined
  try {
    return writeAllowed(data, 'value', isSecretMember)
  } catch {
    return undefined
  }
}
