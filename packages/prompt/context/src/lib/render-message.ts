import { type Assigns, type CompiledTemplate, createModuleEngine, type TemplateEngine } from '@empire/template'
import type { Message } from './message.ts'
import { MessageRenderError } from './message-render-error.ts'
import type { ModuleRegistry } from './module-registry.ts'
import { UnknownEngineError } from './unknown-engine-error.ts'

/** Template engines by their names. */
export type EngineMap = ReadonlyMap<string, TemplateEngine>

/** What templates are rendered with. */
export interface Renderers {
  readonly engines: EngineMap
  readonly modules: ModuleRegistry
}

/** The text of a message. Assigns of the call win over those of the message. */
export function renderMessage(message: Message, index: number, renderers: Renderers, assigns?: Assigns): string {
  if (message.template === undefined) return message.raw
  try {
    return compile(message, index, renderers).render({ ...message.assigns, ...assigns })
  } catch (error) {
    throw error instanceof UnknownEngineError ? error : new MessageRenderError(message, index, error)
  }
}

function compile({ template, engine: name, raw }: Message, index: number, renderers: Renderers): CompiledTemplate {
  const source = template ?? { inline: raw }
  if ('module' in source) return moduleEngine(source.module, renderers.modules).compile(source)
  const engine = name === undefined ? undefined : renderers.engines.get(name)
  if (engine === undefined) throw new UnknownEngineError(name, index, [...renderers.engines.keys()])
  return engine.compile(source)
}

/** With the one function that is asked for; with all, to say which are near, if there is none. */
function moduleEngine(name: string, modules: ModuleRegistry): TemplateEngine {
  const found = modules.get(name)
  const entries = found === undefined ? [...modules] : [[name, found] as const]
  return createModuleEngine(Object.fromEntries(entries.map(([key, { render }]) => [key, render])))
}
