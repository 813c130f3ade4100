import { describeValue } from '@empire/errors'
import { after } from './after.ts'
import { GroupTask } from './group-task.ts'
import { ItemsChangedError } from './items-changed-error.ts'
import type { PlannedStep } from './planned-step.ts'
import type { Task, TaskScope, Told } from './task.ts'
import { UnitTask } from './unit-task.ts'
import { visitAtOnce } from './visit-at-once.ts'

type MapStep = Extract<PlannedStep, { kind: 'map' }>

/** A unit of work for each item of a collection. */
export class MapTask extends GroupTask {
  readonly #map: MapStep
  readonly #units: UnitTask[] = []
  /** -1 until the items are known. */
  #size = -1

  constructor(scope: TaskScope, step: MapStep, needs: Record<string, unknown>) {
    super(scope, step, needs, step.path)
    this.#map = step
  }

  protected override parts(): readonly UnitTask[] {
    return this.#units
  }

  protected override async workParts(): Promise<unknown> {
    const items = await this.#items()
    const { restored, key, run, scope, needs } = this
    const step = this.#map
    if (!run.admits(key)) return undefined
    if (restored?.size !== undefined && restored.size !== items.length) {
      throw new ItemsChangedError(key, restored.size, items.length)
    }
    this.#size = items.length
    await this.beginGroup(items.length)
    const outputs: unknown[] = Array.from({ length: items.length })
    let done = 0
    await visitAtOnce(items.length, step.atOnce, (index) => {
      const itemKey = `${key}[${index}]`
      if (!run.admits(itemKey)) return undefined
      const unit = new UnitTask(scope, step, needs, itemKey, step.work, { item: items[index], index })
      this.#units.push(unit)
      return after(unit.start(), () => {
        if (unit.status !== 'completed') return undefined
        outputs[index] = unit.output
        return this.#tell(++done)
      })
    })
    return outputs
  }

  protected override isDone(parts: readonly Task[]): boolean {
    return parts.length === this.#size && parts.every(({ status }) => status === 'completed')
  }

  override async undo(): Promise<void> {
    await visitAtOnce(this.#units.length, this.#map.atOnce, (index) => this.#units[index]?.undo())
  }

  async #items(): Promise<readonly unknown[]> {
    const items: unknown = await this.#map.over(this.inputs() as never)
    if (typeof items !== 'object' || items === null || !(Symbol.iterator in items)) {
      throw new TypeError(
        `Map ${JSON.stringify(this.key)}: "over" must give something to iterate over, got ${describeValue(items)}.`,
      )
    }
    return [...(items as Iterable<unknown>)]
  }

  #tell(done: number): Told {
    const { run, key, step } = this
    return run.emit(run.now(), { type: 'step-progress', step: step.path, key, done, size: this.#size }, this)
  }
}
