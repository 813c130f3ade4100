import { closestName, EmpireError } from '@empire/errors'

/** A message asks for an engine that the context does not have. `details` holds `engine`, `messageIndex` and `known`. */
export class UnknownEngineError extends EmpireError<'unknown_engine'> {
  /** @param engine The name that the message gives, if any. @param known The names of the engines there are. */
  constructor(engine: string | undefined, messageIndex: number, known: readonly string[]) {
    const came = engine === undefined ? 'has a template without an engine' : `asks for ${JSON.stringify(engine)}`
    const closest = engine === undefined ? undefined : closestName(engine, known)
    const hint = closest === undefined ? '' : ` Did you mean ${JSON.stringify(closest)}?`
    super(
      'unknown_engine',
      `messages[${messageIndex}] ${came}; this context has ${known.length === 0 ? 'no engines' : known.join(', ')}.${hint} Pass it in "engines" of createContext.`,
      { details: { engine, messageIndex, known: [...known] } },
    )
  }
}
