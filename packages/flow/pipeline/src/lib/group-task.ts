import { Task, type Told } from './task.ts'

/** A task whose work is done by others: items, turns, the steps of a pipeline inside. */
export abstract class GroupTask extends Task {
  /** The parts that were begun. */
  protected abstract parts(): Iterable<Task>

  /** Does the work of the parts. Gives the output; what comes of parts that did not complete does not matter. */
  protected abstract workParts(): Promise<unknown>

  override hasEffect(): boolean {
    for (const part of this.parts()) if (part.hasEffect()) return true
    return false
  }

  protected override async work(): Promise<void> {
    let output: unknown
    try {
      output = await this.workParts()
    } catch (error) {
      return await this.fail(error)
    }
    if (this.run.stop === undefined) return await this.#end(output)
    const parts = [...this.parts()]
    // In a run that stops they may all have been done already.
    if (this.isDone(parts)) return await this.#end(output)
    return await (parts.some(({ status }) => status === 'failed')
      ? this.failWithPart(this.run.stop.reason)
      : this.abort())
  }

  /** Whether nothing is left to do, in a run that stops. */
  protected abstract isDone(parts: readonly Task[]): boolean

  /** Begins, or goes on with what was begun before the run was resumed. */
  protected beginGroup(size?: number): Told {
    const { restored } = this
    if (restored === undefined) return this.begin(1, size)
    this.attempt = restored.attempts
    this.startedAt = restored.startedAt
    this.status = 'running'
    return undefined
  }

  #end(output: unknown): Told {
    const { restored } = this
    if (restored?.state !== 'completed') return this.complete(output, false)
    this.output = output
    return this.restore(restored, 'completed')
  }
}
