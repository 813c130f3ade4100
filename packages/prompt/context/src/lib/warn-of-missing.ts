import { contextEvents } from './context-events.ts'
import type { Message } from './message.ts'
import type { Renderers } from './render-message.ts'

/** Warns of a message that cannot be rendered yet: its engine or module may still be given by `withOptions`. */
export function warnOfMissing({ engine, template, role }: Message, { engines, modules }: Renderers): void {
  if (template === undefined || !contextEvents.warning.hasSubscribers) return
  if ('module' in template) {
    const { module } = template
    if (modules.get(module) === undefined) {
      contextEvents.warning.publish({ reason: 'unknown_module', about: { module, role } })
    }
  } else if (engine === undefined || !engines.has(engine)) {
    contextEvents.warning.publish({ reason: 'unknown_engine', about: { engine, role } })
  }
}
