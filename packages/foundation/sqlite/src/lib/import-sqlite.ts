let importing: Promise<typeof import('node:sqlite')> | undefined

/** `node:sqlite`, without the warning of Node 22 that it is experimental. */
export function importSqlite(): Promise<typeof import('node:sqlite')> {
  // The warning comes once, and filters of calls at the same time would take each other for the original.
  importing ??= importQuietly()
  return importing
}

async function importQuietly(): Promise<typeof import('node:sqlite')> {
  const { emitWarning } = process
  const filter = (warning: string | Error, ...rest: unknown[]): void => {
    if (!String(warning).includes('SQLite is an experimental feature'))
      Reflect.apply(emitWarning, process, [warning, ...rest])
  }
  process.emitWarning = filter
  try {
    return await import('node:sqlite')
  } finally {
    // Another that filters at the same time may have been put in its place.
    if (process.emitWarning === filter) process.emitWarning = emitWarning
  }
}
