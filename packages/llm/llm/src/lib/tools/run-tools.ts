import { abortable, type Clock, systemClock } from '@empire/clock'
import type { Context } from '@empire/context'
import { describeValue, EmpireError, expectKnownKeys } from '@empire/errors'
import { addUsage } from '../add-usage.ts'
import { appendResponse } from '../append-response.ts'
import { collectResponse } from '../collect-response.ts'
import type { CallOptions, LanguageModel, ModelResponse } from '../language-model.ts'
import { ModelError } from '../model-error.ts'
import type { ModelRequest, ToolDefinition } from '../model-request.ts'
import { prepareRequest } from '../prepare-request.ts'
import { schemaDocument } from '../schema-document.ts'
import type { StreamPart } from '../stream-part.ts'
import type { ToolCall } from '../tool-call.ts'
import { totalTokens } from '../total-tokens.ts'
import { createDeadline } from './create-deadline.ts'
import { openPurse } from './open-purse.ts'
import { readyTools, runToolCall, type ToolCallScope } from './run-tool-call.ts'
import type { Tool } from './tool.ts'
import { checkLimits, type ToolLimits } from './tool-limits.ts'
import type { StopCondition, ToolLoopEnd, ToolLoopResult, ToolLoopState, ToolOutcome, ToolStep } from './tool-loop.ts'

/** How a loop runs. */
export interface RunToolsOptions extends CallOptions {
  /** Conditions that are looked at after each step with calls; the loop ends when one of them holds. Default: none. */
  readonly stopWhen?: StopCondition | readonly StopCondition[] | undefined
  /** Default: 20 steps. */
  readonly limits?: ToolLimits | undefined
  /** How many tools of one step run at the same time. Default: 10. */
  readonly concurrency?: number | undefined
  /** Called after each step; the loop waits for it. */
  readonly onStep?: ((step: ToolStep, state: ToolLoopState) => void | Promise<void>) | undefined
  /** Called with each part as the model writes it: the model is then asked for streams. */
  readonly onPart?: ((part: StreamPart) => void) | undefined
  /** Default: the platform's. */
  readonly clock?: Clock | undefined
}

const names = ['stopWhen', 'limits', 'concurrency', 'onStep', 'onPart', 'clock', 'signal', 'priority', 'scope']

/**
 * Asks a model, calls the tools that it asks for, tells it what they gave, and so on until it answers without a call, a
 * condition holds or a limit is reached. Calls of one step run at the same time.
 *
 * Arguments are checked against the schema of the tool. What is wrong with them, a tool that there is not, and what a tool
 * throws are told to the model. `toolChoice` is for the first step alone: a model that must call a tool would never end.
 *
 * Rejects with what the model throws, `invalid_response` for calls that a conversation cannot hold, `timeout` or `over_budget` when a limit is reached before the first step has ended,
 * or `signal.reason`.
 */
export async function runTools(
  model: LanguageModel,
  request: Omit<ModelRequest, 'tools'>,
  tools: readonly Tool[],
  options: RunToolsOptions = {},
): Promise<ToolLoopResult> {
  expectKnownKeys('runTools: "options"', options, names)
  const { stopWhen = [], limits = {}, concurrency = 10, onStep, onPart, clock = systemClock, ...call } = options
  checkLimits(limits)
  if (!(concurrency === Infinity || (Number.isSafeInteger(concurrency) && concurrency >= 1))) {
    throw misuse('concurrency', 'a positive integer', concurrency)
  }
  const conditions = typeof stopWhen === 'function' ? [stopWhen] : stopWhen
  if (!Array.isArray(conditions)) throw misuse('stopWhen', 'a function or an array of functions', stopWhen)
  for (const [index, holds] of conditions.entries()) expectFunction(`stopWhen[${index}]`, holds)
  if (onStep !== undefined) expectFunction('onStep', onStep)
  if (onPart !== undefined) expectFunction('onPart', onPart)
  if (!Array.isArray(tools)) throw misuse('tools', 'an array of tools', tools)
  for (const [index, tool] of tools.entries()) expectFunction(`tools[${index}].run`, (tool as Tool | null)?.run)
  call.signal?.throwIfAborted()
  const { context: start, ...parameters } = prepareRequest({ ...request, tools: tools.map(definitionOf) })
  const ready = await readyTools(tools, call.signal)
  const purse = openPurse(limits.cost, call)
  const deadline = createDeadline(limits.time, clock, call.signal)
  const inner: CallOptions = { ...purse.call, signal: deadline.signal }
  const scope: ToolCallScope = { tools: ready, options: inner, deadline, clock }
  const steps: ToolStep[] = []
  let state: ToolLoopState | undefined

  try {
    for (let context = start; ;) {
      const toolChoice = steps.length === 0 || parameters.toolChoice === 'none' ? parameters.toolChoice : undefined
      const response = await ask(model, { ...parameters, toolChoice, messages: context }, inner, onPart)
      purse.check()
      const answered = keep(context, response, model)
      const [next, results] = append(answered, await runAll(response.toolCalls, scope, concurrency))
      context = next
      const step = { response, results }
      steps.push(step)
      const usage = state === undefined ? response.usage : addUsage(state.usage, response.usage)
      state = { steps, response, usage, context }
      if (onStep !== undefined) await abortable(onStep(step, state), inner.signal)
      const stopped = await endOf(state)
      if (stopped !== undefined) return { ...state, stopped }
    }
  } catch (error) {
    call.signal?.throwIfAborted()
    const stopped = deadline.isOver && error === deadline.error ? 'time' : isOverBudget(error) ? 'cost' : undefined
    if (stopped === undefined || state === undefined) throw error
    return { ...state, stopped }
  } finally {
    deadline.stop()
    purse.close()
  }

  async function endOf(now: ToolLoopState): Promise<ToolLoopEnd | undefined> {
    if (now.response.toolCalls.length === 0) return 'answered'
    for (const holds of conditions) if (await abortable(holds(now), inner.signal)) return 'condition'
    call.signal?.throwIfAborted()
    if (deadline.isOver) return 'time'
    if (steps.length >= (limits.steps ?? 20)) return 'steps'
    if (totalTokens(now.usage) >= (limits.tokens ?? Infinity)) return 'tokens'
    return undefined
  }
}

/** The tool as the model gets it. */
function definitionOf({ name, description, input }: Tool): ToolDefinition {
  return { name, input: schemaDocument(input), ...(description === undefined ? {} : { description }) }
}

async function ask(
  model: LanguageModel,
  request: ModelRequest,
  call: CallOptions,
  onPart: ((part: StreamPart) => void) | undefined,
): Promise<ModelResponse> {
  if (onPart === undefined) return model.generate(request, call)
  return collectResponse(told(model.stream(request, call), onPart))
}

async function* told(parts: AsyncIterable<StreamPart>, onPart: (part: StreamPart) => void): AsyncGenerator<StreamPart> {
  for await (const part of parts) {
    onPart(part)
    yield part
  }
}

/** The outcomes in the order of the calls. */
async function runAll(
  calls: readonly ToolCall[],
  scope: ToolCallScope,
  concurrency: number,
): Promise<readonly ToolOutcome[]> {
  const outcomes: ToolOutcome[] = []
  let next = 0
  async function work(): Promise<void> {
    for (let index = next++; index < calls.length; index = next++) {
      outcomes[index] = await runToolCall(calls[index] as ToolCall, scope)
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, calls.length) }, work))
  return outcomes
}

/**
 * The conversation with the answer, before a tool runs: a call that no conversation can hold has no effects.
 *
 * Throws `invalid_response` for calls of one id, and without an id, a name or arguments.
 */
function keep(context: Context, response: ModelResponse, model: LanguageModel): Context {
  try {
    const nameless = response.toolCalls.find(({ id }) => typeof id !== 'string')
    // The context would make an id up, and the result have another.
    if (nameless !== undefined) throw new TypeError(`Expected "id" to be a string, got ${describeValue(nameless.id)}.`)
    return appendResponse(context, response)
  } catch (cause) {
    throw new ModelError(
      'invalid_response',
      `${model.id} called a tool in a way that a conversation cannot hold: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    )
  }
}

/** The conversation with the results; what is no JSON data is a failure of its tool. */
function append(context: Context, outcomes: readonly ToolOutcome[]): [Context, ToolOutcome[]] {
  let next = context
  const results: ToolOutcome[] = []
  for (const { call, result, isError } of outcomes) {
    let outcome: ToolOutcome = { call, result, isError }
    try {
      next = next.toolResult({ id: call.id, result, isError })
    } catch {
      // Whatever a result is that cannot be copied, its tool has made it.
      outcome = { call, result: `The result of ${call.name} is no JSON data.`, isError: true }
      next = next.toolResult({ id: call.id, result: outcome.result, isError: true })
    }
    results.push(outcome)
  }
  return [next, results]
}

function expectFunction(name: string, value: unknown): void {
  if (typeof value !== 'function') throw misuse(name, 'a function', value)
}

function misuse(name: string, expected: string, came: unknown): TypeError {
  return new TypeError(`runTools: expected "${name}" to be ${expected}, got ${describeValue(came)}.`)
}

function isOverBudget(error: unknown): boolean {
  return EmpireError.isInstance(error) && error.code === 'over_budget'
}
