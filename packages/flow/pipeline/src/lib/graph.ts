import { createTask } from './create-task.ts'
import type { Plan, PlannedStep } from './planned-step.ts'
import type { RunState } from './run-state.ts'
import { setOwn } from './set-own.ts'
import type { StepReport } from './step-report.ts'
import type { Task, TaskGraph, Told } from './task.ts'
import { undoGraph } from './undo-graph.ts'

interface Node {
  readonly step: PlannedStep
  /** How many of its needs are not done yet. */
  missing: number
  task: Task | undefined
}

/** The steps of one pipeline in one run: starts each as soon as its needs are done. */
export class Graph implements TaskGraph {
  readonly #run: RunState
  readonly #input: unknown
  readonly #nodes: readonly Node[]
  readonly #ready: Node[] = []
  readonly #settled = Promise.withResolvers<void>()
  #begun = 0
  #done = 0
  /** Steps that have not settled. */
  #pending = 0
  #isAdvancing = false
  #isSettled = false

  constructor(run: RunState, plan: Plan, input: unknown) {
    this.#run = run
    this.#input = input
    this.#nodes = plan.steps.map((step) => ({ step, missing: step.needs.length, task: undefined }))
  }

  get isDone(): boolean {
    return this.#done === this.#nodes.length
  }

  start(): Told {
    for (const node of this.#nodes) if (node.missing === 0) this.#ready.push(node)
    this.#advance()
    return this.#isSettled ? undefined : this.#settled.promise
  }

  outputs(): Record<string, unknown> {
    return this.#outputsOf(this.#nodes.keys())
  }

  *tasks(): Generator<Task, void, undefined> {
    for (const { task } of this.#nodes) if (task !== undefined) yield task
  }

  undo(): Told {
    return undoGraph(this.#nodes)
  }

  hasEffect(): boolean {
    return this.#nodes.some(({ task }) => task?.hasEffect() === true)
  }

  /** Names of the steps that did not begin. */
  notStarted(): string[] {
    return this.#nodes
      .filter(({ task }) => task === undefined || task.status === 'waiting')
      .map(({ step }) => step.name)
  }

  reports(): StepReport[] {
    return this.#nodes.map(({ step: { name }, task }) => {
      if (task === undefined || task.status === 'waiting' || task.status === 'running')
        return { name, status: 'not-started' }
      const { status, startedAt, endedAt } = task
      return { name, status, startedAt, duration: endedAt - startedAt }
    })
  }

  readonly createGraph = (plan: Plan, input: unknown): Graph => new Graph(this.#run, plan, input)

  // A loop that is never entered twice, not a recursion: a chain of steps that answer at once may be of any length.
  #advance(): void {
    if (this.#isAdvancing) return
    this.#isAdvancing = true
    for (let node = this.#ready[this.#begun]; node !== undefined; node = this.#ready[this.#begun]) {
      this.#begun++
      if (this.#run.admits(node.step.path)) this.#begin(node)
    }
    this.#isAdvancing = false
    if (this.#pending > 0 || this.#isSettled) return
    this.#isSettled = true
    this.#settled.resolve()
  }

  #begin(node: Node): void {
    const { step } = node
    const { createGraph } = this
    const needs = this.#outputsOf(step.needs)
    const task = createTask({ run: this.#run, step, input: this.#input, needs, createGraph })
    node.task = task
    const working = task.start()
    if (working === undefined) {
      this.#settle(node, task)
      return
    }
    this.#pending++
    void working.then(() => {
      this.#pending--
      this.#settle(node, task)
      this.#advance()
    })
  }

  #settle({ step }: Node, { status }: Task): void {
    if (status !== 'completed' && status !== 'skipped') return
    this.#done++
    for (const position of step.dependants) {
      const dependant = this.#nodes[position]
      if (dependant !== undefined && --dependant.missing === 0) this.#ready.push(dependant)
    }
  }

  #outputsOf(positions: Iterable<number>): Record<string, unknown> {
    const outputs: Record<string, unknown> = {}
    for (const position of positions) {
      const node = this.#nodes[position]
      if (node !== undefined) setOwn(outputs, node.step.name, node.task?.output)
    }
    return outputs
  }
}
