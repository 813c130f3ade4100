import { GroupTask } from './group-task.ts'
import type { Plan, PlannedStep } from './planned-step.ts'
import type { Task, TaskGraph, TaskScope, Told } from './task.ts'
import { validateInput } from './validate-input.ts'

type PipelineStep = Extract<PlannedStep, { kind: 'pipeline' }>

/** A pipeline as a step of another. */
export class PipelineTask extends GroupTask {
  readonly #plan: Plan
  readonly #inputOf: PipelineStep['input']
  #graph: TaskGraph | undefined

  constructor(scope: TaskScope, step: PipelineStep, needs: Record<string, unknown>) {
    super(scope, step, needs, step.path)
    this.#plan = step.innerPlan
    this.#inputOf = step.input
  }

  protected override parts(): Iterable<Task> {
    return this.#graph?.tasks() ?? []
  }

  protected override async workParts(): Promise<unknown> {
    const { schema, name } = this.#plan
    const raw: unknown = await this.#inputOf?.(this.inputs() as never)
    const input = schema === undefined ? raw : await validateInput(name, schema, raw)
    if (!this.run.admits(this.key)) return undefined
    await this.beginGroup()
    this.#graph = this.scope.createGraph(this.#plan, input)
    await this.#graph.start()
    return this.#graph.outputs()
  }

  protected override isDone(): boolean {
    return this.#graph?.isDone === true
  }

  override undo(): Told {
    return this.#graph?.undo()
  }
}
