import { EmpireError } from '@empire/errors'

/** A config was asked to reload or to listen after it was closed. */
export class ConfigClosedError extends EmpireError<'config_closed'> {
  constructor() {
    super('config_closed', 'The config is closed: it keeps its last values, but loads and tells nothing any more.')
  }
}
