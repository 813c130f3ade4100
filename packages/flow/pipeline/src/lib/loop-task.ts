import { expectBoolean } from './expect-option.ts'
import { GroupTask } from './group-task.ts'
import { LoopLimitError } from './loop-limit-error.ts'
import type { PlannedStep } from './planned-step.ts'
import type { Task, TaskScope } from './task.ts'
import { UnitTask } from './unit-task.ts'

type LoopStep = Extract<PlannedStep, { kind: 'loop' }>

/** A unit of work for each turn, one after the other. */
export class LoopTask extends GroupTask {
  readonly #loop: LoopStep
  readonly #turns: UnitTask[] = []
  #isDone = false

  constructor(scope: TaskScope, step: LoopStep, needs: Record<string, unknown>) {
    super(scope, step, needs, step.path)
    this.#loop = step
  }

  protected override parts(): readonly UnitTask[] {
    return this.#turns
  }

  protected override async workParts(): Promise<unknown> {
    const { run, key, scope, step, needs } = this
    const { max, initial, until, work } = this.#loop
    let value: unknown = await initial(this.inputs() as never)
    if (!run.admits(key)) return undefined
    await this.beginGroup()
    for (let turn = 0; turn < max; turn++) {
      const unit = new UnitTask(scope, step, needs, `${key}[${turn}]`, work, { value, turn })
      this.#turns.push(unit)
      await unit.start()
      if (unit.status !== 'completed') return undefined
      value = unit.output
      const progress = { type: 'step-progress', step: step.path, key, done: turn + 1, size: max } as const
      await run.emit(run.now(), progress, this)
      this.#isDone = this.#wasDone(turn) ?? (await this.#ask(until, value, turn))
      if (this.#isDone) return value
    }
    throw new LoopLimitError(key, max)
  }

  /** Of a loop that had ended before the run was resumed, its turns say it. */
  #wasDone(turn: number): boolean | undefined {
    if (this.restored?.state !== 'completed') return undefined
    return this.run.restored?.has(`${this.key}[${turn + 1}]`) !== true
  }

  async #ask(until: LoopStep['until'], value: unknown, turn: number): Promise<boolean> {
    const answer: unknown = await until({ ...this.inputs(), value, turn } as never)
    expectBoolean(`Loop ${JSON.stringify(this.key)}: what "until" answers`, answer)
    return answer
  }

  protected override isDone(_parts: readonly Task[]): boolean {
    return this.#isDone
  }

  override async undo(): Promise<void> {
    for (const turn of this.#turns.toReversed()) await turn.undo()
  }
}
