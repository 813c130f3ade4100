import { EmpireError } from '@empire/errors'
import type { Assigns, TemplateEngine } from '@empire/template'
import type { Message, Role } from './message.ts'

/** A message as a model takes it. */
export interface RenderedMessage {
  /** Who speaks. */
  readonly role: Role
  /** The rendered text. */
  readonly content: string
}

/** Template engines by their names. */
export type EngineMap = ReadonlyMap<string, TemplateEngine>

/** A message asks for an engine that the context does not have. `details` holds `engine`, `messageIndex` and `known`. */
export class UnknownEngineError extends EmpireError<'unknown_engine'> {
  /** @param engine The name that the message gives, if any. @param known The names of the engines there are. */
  constructor(engine: string | undefined, messageIndex: number, known: readonly string[]) {
    const came = engine === undefined ? 'has a template without an engine' : `asks for ${JSON.stringify(engine)}`
    super(
      'unknown_engine',
      `messages[${messageIndex}] ${came}; this context has ${known.length === 0 ? 'no engines' : known.join(', ')}. Pass it in "engines" of createContext.`,
      { details: { engine, messageIndex, known: [...known] } },
    )
  }
}

/**
 * A message whose template could not be rendered.
 *
 * `code` and `details` are those of the `cause`, such as `template_undefined_variable` with `line` and `column`;
 * `details` holds `messageIndex`, `role` and `engine` too.
 */
export class MessageRenderError extends EmpireError {
  /** @param cause What the engine threw; anything but an `EmpireError` becomes `template_render`. */
  constructor(message: Message, messageIndex: number, cause: unknown) {
    const known = EmpireError.isInstance(cause)
    const reason = cause instanceof Error ? cause.message : 'the engine threw something that is no error'
    super(known ? cause.code : 'template_render', `messages[${messageIndex}] (${message.role}): ${reason}`, {
      cause,
      details: { ...(known ? cause.details : {}), messageIndex, role: message.role, engine: message.engine },
      retryable: known && cause.retryable,
    })
  }
}

/** The text of a message. Assigns of the call win over those of the message. */
export function renderMessage(message: Message, index: number, engines: EngineMap, assigns?: Assigns): string {
  const { engine: name, template } = message
  if (name === undefined && template === undefined) return message.raw
  const engine = name === undefined ? undefined : engines.get(name)
  if (engine === undefined) throw new UnknownEngineError(name, index, [...engines.keys()])
  try {
    return engine.compile(template ?? message.raw).render({ ...message.assigns, ...assigns })
  } catch (error) {
    throw new MessageRenderError(message, index, error)
  }
}
