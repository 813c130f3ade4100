import type { Assigns } from '@empire/template'
import { Budget } from './budget.ts'
import type { Escape } from './escapes.ts'
import { limitFailure } from './liquid-failure.ts'
import type { Interrupt } from './interrupt.ts'
import { Scope } from './scope.ts'

/** A template as a rendering needs it. */
export interface RenderableTemplate {
  readonly source: string
  /** What errors call it. */
  readonly name: string | undefined
  /** Prints it. */
  render(run: Run): Interrupt
}

/** What a filter asks of each item of a list. */
export interface ItemExpression {
  /** Runs `task`, which is given what tells the value for an item. */
  evaluateFor<Result>(run: Run, task: (valueOf: (item: unknown) => unknown) => Result): Result
}

/** What all renderings of an engine have in common. */
export interface RunSettings {
  readonly strictVariables: boolean
  readonly renderLimit: number
  readonly memoryLimit: number
  /** What a value is printed as; nothing for verbatim. */
  readonly escape: Escape | undefined
  /** Reads an expression that only rendering knows. */
  readExpression(name: string, text: string): ItemExpression
  /** The template at a path. */
  load(path: string): RenderableTemplate
  /** The time, in milliseconds since the epoch. */
  now(): number
  /** A number by chance, from 0 up to 1. */
  random(): number
}

/** How deeply templates may include each other, and expressions hold each other. */
const deepest = 100

/** One rendering: what it has printed, and where it has come to. */
export class Run extends Budget {
  readonly settings: RunSettings
  /** The template that is being rendered, and where in it. */
  template: RenderableTemplate
  at = 0
  scope: Scope
  #printed = ''
  #depth = 0

  constructor(template: RenderableTemplate, assigns: Assigns, settings: RunSettings) {
    super(settings.renderLimit, settings.memoryLimit)
    this.template = template
    this.settings = settings
    this.scope = new Scope(assigns, false)
  }

  get printed(): string {
    return this.#printed
  }

  /** Prints a text, and charges for it. */
  write(text: string): void {
    this.use(text.length)
    this.#printed += text
  }

  /** What `task` prints, apart. */
  capture(task: () => Interrupt): { text: string; interrupt: Interrupt } {
    const before = this.#printed
    this.#printed = ''
    const interrupt = task()
    const text = this.#printed
    this.#printed = before
    return { text, interrupt }
  }

  /** Renders another template in between. */
  include(template: RenderableTemplate, scope: Scope): Interrupt {
    return this.inside(template, scope, () => template.render(this))
  }

  /** Runs what belongs to another template, with the names of a scope. */
  inside<Result>(template: RenderableTemplate, scope: Scope, task: () => Result): Result {
    const { template: includer, scope: outer, at } = this
    this.template = template
    this.scope = scope
    const result = this.deeper(task)
    this.template = includer
    this.scope = outer
    this.at = at
    return result
  }

  /** Runs what may hold its like. */
  deeper<Result>(task: () => Result): Result {
    if (++this.#depth > deepest) throw limitFailure('depth')
    const result = task()
    this.#depth--
    return result
  }
}
