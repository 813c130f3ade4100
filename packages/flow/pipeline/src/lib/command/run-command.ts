import { writeFile } from 'node:fs/promises'
import { EmpireError } from '@empire/errors'
import { verify } from '@empire/record'
import { describeStatus } from '../explain/describe-row.ts'
import { explain } from '../explain/explain.ts'
import { explainHtml } from '../explain/explain-html.ts'
import type { ExplainedRun } from '../explain/explained-run.ts'
import { visibleText } from '../explain/visible-text.ts'
import { type Command, readCommand } from './command-arguments.ts'
import { helpText } from './help-text.ts'
import { openRunFile, type ListedRun, type RunFile } from './open-run-file.ts'
import { UsageError } from './usage-error.ts'

/** Where the command writes to. */
export interface CommandStreams {
  /** `columns`: how wide the terminal is, if it is one. */
  readonly stdout: { readonly columns?: number | undefined; write(text: string): unknown }
  readonly stderr: { write(text: string): unknown }
}

const exitCodes = { done: 0, damaged: 1, usage: 2 } as const

/** Runs the command and gives its exit code. */
export async function runCommand(words: readonly string[], streams: CommandStreams): Promise<number> {
  const { stdout, stderr } = streams
  try {
    const command = readCommand(words)
    if (command.action === 'help') {
      stdout.write(helpText)
      return exitCodes.done
    }
    await using file = await openRunFile(command.file)
    if (command.action === 'explain') return await explainRun(command, file, streams)
    return command.action === 'runs' ? await listRuns(file, streams) : await verifyAudit(command, file, streams)
  } catch (error) {
    if (error instanceof UsageError) {
      stderr.write(`pipeline: ${error.message}\npipeline --help tells all commands.\n`)
      return exitCodes.usage
    }
    if (!EmpireError.isInstance(error)) throw error
    stderr.write(`pipeline: ${error.message}\n`)
    return exitCodes.damaged
  }
}

type ActionOf<Action> = Extract<Command, { action: Action }>

async function explainRun(
  { file: path, run: runId, html }: ActionOf<'explain'>,
  file: RunFile,
  { stdout, stderr }: CommandStreams,
): Promise<number> {
  const run = runId === undefined ? await latestRun(path, file) : await namedRun(path, file, runId)
  if (html === undefined) stdout.write(explain(run, { width: stdout.columns ?? 100 }))
  else {
    await writePage(html, explainHtml(run))
    stderr.write(`${html} is written.\n`)
  }
  return exitCodes.done
}

async function latestRun(path: string, file: RunFile): Promise<ExplainedRun> {
  for await (const { runId } of file.list()) {
    const run = await file.read(runId)
    if (run !== undefined) return run
  }
  throw new UsageError(`There are no runs in ${JSON.stringify(path)}.`)
}

const mostNamed = 5

async function namedRun(path: string, file: RunFile, runId: string): Promise<ExplainedRun> {
  const run = await file.read(runId)
  if (run !== undefined) return run
  const names: string[] = []
  for await (const listed of file.list()) if (names.push(JSON.stringify(visibleText(listed.runId))) === mostNamed) break
  const hint = names.length === 0 ? 'There are none.' : `The latest: ${names.join(', ')}.`
  throw new UsageError(`There is no run ${JSON.stringify(runId)} in ${JSON.stringify(path)}. ${hint}`)
}

async function listRuns(file: RunFile, { stdout }: CommandStreams): Promise<number> {
  for await (const run of file.list()) stdout.write(lineOf(run))
  return exitCodes.done
}

function lineOf({ runId, pipeline, at, status }: ListedRun): string {
  return `${new Date(at).toISOString()}  ${visibleText(runId)}  ${visibleText(pipeline)}  ${describeStatus(status)}\n`
}

async function verifyAudit(
  { file: path, head: expected }: ActionOf<'verify'>,
  { store }: RunFile,
  { stdout, stderr }: CommandStreams,
): Promise<number> {
  if (store === undefined) throw new UsageError(`${JSON.stringify(path)} is a journal, and only audits have a chain.`)
  const { ok, steps, head, problems } = await verify(store, { head: expected })
  for (const { place, message } of problems) stderr.write(`${visibleText(`${place}: ${message}`)}\n`)
  if (ok) stdout.write(`${steps} entries, unchanged. Head: ${head ?? 'none'}\n`)
  return ok ? exitCodes.done : exitCodes.damaged
}

async function writePage(path: string, page: string): Promise<void> {
  try {
    await writeFile(path, page)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new UsageError(`${JSON.stringify(path)} cannot be written: ${code ?? message}.`, { cause: error })
  }
}
