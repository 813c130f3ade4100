import { createTask } from './create-task.ts'
import type { Plan, PlannedStep } from './planned-step.ts'
import type { RunState } from './run-state.ts'
import { setOwn } from './set-own.ts'
import type { StepReport } from './step-report.ts'
import type { Task, TaskGraph, TaskScope, Told } from './task.ts'
import { undoGraph } from './undo-graph.ts'

/** The steps of one pipeline in one run: starts each as soon as its needs are done. */
export class Graph implements TaskGraph, TaskScope {
  readonly run: RunState
  readonly input: unknown
  readonly #steps: readonly PlannedStep[]
  /** By position, once they are started. */
  readonly #tasks: (Task | undefined)[]
  /** How many needs of each step are not done yet. */
  readonly #missing: number[]
  /** Positions, in the order in which their needs were done. */
  readonly #ready: number[] = []
  readonly #settled = Promise.withResolvers<void>()
  #begun = 0
  #done = 0
  /** Steps that have not settled. */
  #pending = 0
  #isAdvancing = false
  #isSettled = false

  constructor(run: RunState, { steps }: Plan, input: unknown) {
    this.run = run
    this.input = input
    this.#steps = steps
    this.#tasks = steps.map(() => undefined)
    this.#missing = steps.map(({ needs }) => needs.length)
  }

  createGraph(plan: Plan, input: unknown): Graph {
    return new Graph(this.run, plan, input)
  }

  get isDone(): boolean {
    return this.#done === this.#steps.length
  }

  start(): Told {
    for (const [position, missing] of this.#missing.entries()) if (missing === 0) this.#ready.push(position)
    this.#advance()
    return this.#isSettled ? undefined : this.#settled.promise
  }

  outputs(): Record<string, unknown> {
    return this.#outputsOf(this.#steps.keys())
  }

  *tasks(): Generator<Task, void, undefined> {
    for (const task of this.#tasks) if (task !== undefined) yield task
  }

  undo(): Told {
    return undoGraph(this.#steps, this.#tasks)
  }

  hasEffect(): boolean {
    return this.#tasks.some((task) => task?.hasEffect() === true)
  }

  /** Names of the steps that did not begin. */
  notStarted(): string[] {
    return this.reports().flatMap(({ name, status }, position) =>
      status === 'not-started' && this.#tasks[position]?.status !== 'running' ? [name] : [],
    )
  }

  reports(): StepReport[] {
    return this.#steps.map(({ name }, position) => {
      const task = this.#tasks[position]
      if (task === undefined || task.status === 'waiting' || task.status === 'running')
        return { name, status: 'not-started' }
      const { status, startedAt, endedAt } = task
      return { name, status, startedAt, duration: endedAt - startedAt }
    })
  }

  // A loop that is never entered twice, not a recursion: a chain of steps that answer at once may be of any length.
  #advance(): void {
    if (this.#isAdvancing) return
    this.#isAdvancing = true
    for (let at = this.#ready[this.#begun]; at !== undefined; at = this.#ready[this.#begun]) {
      this.#begun++
      const step = this.#steps[at]
      if (step !== undefined && this.run.admits(step.path)) this.#begin(step, at)
    }
    this.#isAdvancing = false
    if (this.#pending > 0 || this.#isSettled) return
    this.#isSettled = true
    this.#settled.resolve()
  }

  #begin(step: PlannedStep, position: number): void {
    const task = createTask(this, step, this.#outputsOf(step.needs))
    this.#tasks[position] = task
    const working = task.start()
    if (working === undefined) {
      this.#settle(task)
      return
    }
    this.#pending++
    void working.then(() => {
      this.#pending--
      this.#settle(task)
      this.#advance()
    })
  }

  #settle({ status, step }: Task): void {
    if (status !== 'completed' && status !== 'skipped') return
    this.#done++
    for (const dependant of step.dependants) {
      const missing = (this.#missing[dependant] ?? 0) - 1
      this.#missing[dependant] = missing
      if (missing === 0) this.#ready.push(dependant)
    }
  }

  #outputsOf(positions: Iterable<number>): Record<string, unknown> {
    const outputs: Record<string, unknown> = {}
    for (const position of positions) {
      const step = this.#steps[position]
      if (step !== undefined) setOwn(outputs, step.name, this.#tasks[position]?.output)
    }
    return outputs
  }
}
