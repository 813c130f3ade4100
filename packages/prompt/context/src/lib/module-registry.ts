import type { TemplateFunction } from '@empire/template'
import type { Message } from './message.ts'
import type { MessageInput } from './message-input.ts'
import type { PersistentMap } from './persistent-map.ts'

/** A function that templates may name. */
export interface RegisteredModule {
  readonly render: TemplateFunction
  /** How many other functions of the same name were registered after it, under this name and a number. */
  readonly namesakes: number
}

/** The functions of a context, by name. */
export type ModuleRegistry = PersistentMap<RegisteredModule>

/**
 * A registry that has `render`, and the name it has there: its own, or with a number if that belongs to another function.
 *
 * Functions written in place share a name (that of `{ module: () => … }` is `module`), and none must take the place of another.
 */
export function registerModule(
  registry: ModuleRegistry,
  render: TemplateFunction,
): [name: string, registry: ModuleRegistry] {
  const name = render.name === '' ? 'module' : render.name
  const first = registry.get(name)
  if (first === undefined) return [name, registry.set(name, { render, namesakes: 0 })]
  if (first.render === render) return [name, registry]
  const last = `${name}_${first.namesakes + 1}`
  if (registry.get(last)?.render === render) return [last, registry]
  let number = first.namesakes + 2
  while (registry.get(`${name}_${number}`) !== undefined) number++
  const free = `${name}_${number}`
  return [free, registry.set(name, { ...first, namesakes: number - 1 }).set(free, { render, namesakes: 0 })]
}

/** A registry that has the function which an input gives as its template, and the input with its name instead. */
export function nameModule(registry: ModuleRegistry, input: MessageInput): [registry: ModuleRegistry, MessageInput] {
  const render = (input as { template?: { module?: unknown } } | undefined)?.template?.module
  if (typeof render !== 'function') return [registry, input]
  const [name, longer] = registerModule(registry, render as TemplateFunction)
  return [longer, { ...input, template: { module: name } }]
}

/**
 * A registry that has the functions of `other` which the messages name.
 *
 * Throws `TypeError` where it has another one of that name: the messages would say something else.
 */
export function adoptModules(
  registry: ModuleRegistry,
  messages: readonly Message[],
  other: ModuleRegistry,
): ModuleRegistry {
  let longer = registry
  for (const { template } of messages) {
    if (template === undefined || !('module' in template)) continue
    const name = template.module
    const given = other.get(name)
    const own = longer.get(name)
    if (given === undefined || own?.render === given.render) continue
    if (own !== undefined) {
      throw new TypeError(
        `Both contexts have a module ${JSON.stringify(name)}, and not the same. Give the functions different names.`,
      )
    }
    longer = longer.set(name, given)
  }
  return longer
}
