import { abortable, type Clock } from '@empire/clock'
import { closestName, describeText } from '@empire/errors'
import { type BaseModel, defineRootModel } from '@empire/model'
import { redactText } from '@empire/redaction'
import { fromJsonSchema } from '@empire/schema/json-schema'
import { genAi } from '@empire/telemetry'
import { llmTelemetry } from '../telemetry/llm-telemetry.ts'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { CallOptions } from '../language-model.ts'
import { llmEvents } from '../llm-events.ts'
import type { ToolCall } from '../tool-call.ts'
import type { Tool } from './tool.ts'
import type { Deadline } from './create-deadline.ts'
import type { ToolOutcome } from './tool-loop.ts'

/** A tool that is ready to be called. */
export interface ReadyTool {
  readonly tool: Tool
  readonly input: BaseModel
}

/** Compiles the schemas of the arguments. */
export async function readyTools(
  tools: readonly Tool[],
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, ReadyTool>> {
  const ready = new Map<string, ReadyTool>()
  for (const tool of tools) {
    const schema = '~standard' in tool.input ? tool.input : await fromJsonSchema(tool.input, { signal })
    ready.set(tool.name, { tool, input: defineRootModel(tool.name, schema as StandardSchemaV1) })
  }
  return ready
}

/** How the calls of one step are made. */
export interface ToolCallScope {
  readonly tools: ReadonlyMap<string, ReadyTool>
  readonly options: CallOptions
  readonly deadline: Deadline
  readonly clock: Clock
}

/** Calls a tool. Whatever goes wrong is an outcome for the model, but for an abort of the caller, which is thrown. */
export async function runToolCall(call: ToolCall, scope: ToolCallScope): Promise<ToolOutcome> {
  const { tools, deadline, clock } = scope
  const { signal } = deadline
  const began = clock.now()
  // What the model makes up is no name of a span, nor a label.
  const tool = tools.has(call.name) ? call.name : ''
  let outcome: ToolOutcome
  try {
    // The time may be over before the turn of this call comes.
    signal.throwIfAborted()
    const attributes = {
      [genAi.operationName]: 'execute_tool',
      ...(tool === '' ? {} : { [genAi.toolName]: tool }),
      [genAi.toolCallId]: call.id,
    }
    const result = await llmTelemetry.withSpan(`execute_tool ${tool}`.trimEnd(), { attributes, signal }, () =>
      abortable(execute(call, scope), signal),
    )
    outcome = { call, result, isError: false }
  } catch (error) {
    if (signal.aborted && !deadline.isOver) throw signal.reason
    outcome = { call, result: wordsOf(error), isError: true }
  }
  const duration = Math.max(0, clock.now() - began)
  llmEvents.tool.publish({ tool, outcome: outcome.isError ? 'failed' : 'ok', duration })
  return outcome
}

async function execute(call: ToolCall, { tools, options, deadline }: ToolCallScope): Promise<unknown> {
  const ready = tools.get(call.name)
  if (ready === undefined) {
    const meant = closestName(call.name, tools.keys())
    throw new Error(
      `There is no tool ${describeText(call.name)}.${meant === undefined ? '' : ` Did you mean "${meant}"?`}`,
    )
  }
  const input = await ready.input.parseAsync(call.input)
  // A copy: what a tool does to it is not what the model said.
  const own = structuredClone(call)
  const result = await ready.tool.run(input as never, { ...options, signal: deadline.signal, call: own })
  return result ?? null
}

/** What a tool has thrown, which may be anything. */
function wordsOf(thrown: unknown): string {
  try {
    return redactText(thrown instanceof Error ? thrown.message : String(thrown))
  } catch {
    return 'The tool failed, and does not say why.'
  }
}
