import { loadSettings } from './settings.ts'
import { UsageError } from './usage-error.ts'

/**
 * The index file that is meant: the one given, else that of the settings.
 *
 * @throws UsageError when neither says which.
 */
export async function indexPath(given: string | undefined, signal: AbortSignal | undefined): Promise<string> {
  const path = given ?? (await loadSettings({}, signal)).index
  if (path !== undefined) return path
  throw new UsageError('An index file is expected, as in: --index docs.db')
}
