import { GroupTask } from './group-task.ts'
import type { Plan } from './planned-step.ts'
import type { Task, TaskGraph, TaskPlace, Told } from './task.ts'
import { validateInput } from './validate-input.ts'

/** A pipeline as a step of another. */
export class PipelineTask extends GroupTask {
  readonly #plan: Plan
  readonly #inputOf: ((inputs: never) => unknown) | undefined
  #graph: TaskGraph | undefined

  constructor(place: TaskPlace, plan: Plan, inputOf: ((inputs: never) => unknown) | undefined) {
    super(place, place.step.path)
    this.#plan = plan
    this.#inputOf = inputOf
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
    this.#graph = this.place.createGraph(this.#plan, input)
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
