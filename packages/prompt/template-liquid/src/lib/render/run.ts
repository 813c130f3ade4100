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

/** What all renderings of an engine have in common. */
export interface RunSettings {
  readonly strictVariables: boolean
  readonly renderLimit: number
  readonly memoryLimit: number
  /** What a value is printed as; nothing for verbatim. */
  readonly escape: Escape | undefined
  /** The template at a path. */
  load(path: string): RenderableTemplate
  /** The time, in milliseconds since the epoch. */
  now(): number
}

/** How deeply templates may include each other. */
const deepestInclusion = 100

/** One rendering: what it has printed, and where it has come to. */
export class Run extends Budget {
  readonly settings: RunSettings
  /** The template that is being rendered, and where in it. */
  template: RenderableTemplate
  at = 0
  scope: Scope
  #printed = ''
  #inclusions = 0

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
    if (++this.#inclusions > deepestInclusion) throw limitFailure('depth')
    const { template: includer, scope: outer, at } = this
    this.template = template
    this.scope = scope
    const interrupt = template.render(this)
    this.template = includer
    this.scope = outer
    this.at = at
    this.#inclusions--
    return interrupt
  }
}
