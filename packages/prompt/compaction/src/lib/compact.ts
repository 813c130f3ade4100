import type { Context } from '@empire/context'
import type { CompactionOptions } from './compaction-options.ts'
import type { CompactionStrategy } from './compaction-strategy.ts'
import { tellComplete } from './compaction-telemetry.ts'
import { plan } from './plan.ts'
import { contextsOf } from './planned.ts'

/**
 * A shorter context: `plan` and `apply` in one, without a receipt. Throws what `plan` throws; the old context always stays what
 * it was.
 */
export async function compact(
  context: Context,
  strategy?: CompactionStrategy,
  options?: CompactionOptions,
): Promise<Context> {
  const made = await plan(context, strategy, options)
  tellComplete(made)
  return contextsOf(made).after
}
