import type { DLogger } from '@dbos-inc/dbos-sdk'
import type { Database } from './database.ts'
import { pipelineDbosEvents } from './pipeline-dbos-events.ts'

/** Makes events of what DBOS says, instead of lines on the console. */
export function createDbosLogger(database: Database): DLogger {
  const tell = (level: 'debug' | 'info' | 'warn' | 'error') => (entry: unknown) =>
    pipelineDbosEvents.log.publish({ level, message: database.clean(String(entry)) })
  return { debug: tell('debug'), info: tell('info'), warn: tell('warn'), error: tell('error') }
}
