import type { Assigns } from '@empire/template'
import type { ParsedTemplate } from '../parse/parsed-template.ts'
import type { Escape } from './escapes.ts'
import { limitFailure } from './liquid-failure.ts'
import type { Interrupt } from './node.ts'
import { Scope } from './scope.ts'

/** What all renderings of an engine have in common. */
export interface RunSettings {
  readonly strictVariables: boolean
  readonly renderLimit: number
  readonly memoryLimit: number
  /** What a value is printed as; nothing for verbatim. */
  readonly escape: Escape | undefined
  /** The template at a path. */
  load(path: string): ParsedTemplate
  /** The time, in milliseconds since the epoch. */
  now(): number
}

/** A step of a loop costs about as much as looking at this many characters. */
const stepCost = 100
const costBetweenChecks = 100_000

/** How deeply templates may include each other. */
const deepestInclusion = 100

/** One rendering: what it has printed, where it has come to, and what it may still spend. */
export class Run {
  readonly settings: RunSettings
  /** The template that is being rendered, and where in it. */
  template: ParsedTemplate
  at = 0
  scope: Scope
  #printed = ''
  #memory = 0
  #cost = 0
  #inclusions = 0
  readonly #deadline: number

  constructor(template: ParsedTemplate, assigns: Assigns, settings: RunSettings) {
    this.template = template
    this.settings = settings
    this.scope = new Scope(assigns, false)
    this.#deadline = performance.now() + settings.renderLimit
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

  /** Charges for characters or elements. */
  use(amount: number): void {
    this.#memory += amount
    if (this.#memory > this.settings.memoryLimit) throw limitFailure('memoryLimit')
  }

  /** Counts one step of a loop that looks at so many characters. */
  step(characters = 0): void {
    this.work(stepCost + characters)
  }

  /** Counts work in characters looked at, and looks at the clock once in a while: that costs too. */
  work(characters: number): void {
    this.#cost += characters
    if (this.#cost < costBetweenChecks) return
    this.#cost = 0
    this.checkTime()
  }

  /** Fails when the rendering has taken too long. */
  checkTime(): void {
    if (performance.now() > this.#deadline) throw limitFailure('renderLimit')
  }

  /** Renders another template in between. */
  include(template: ParsedTemplate, scope: Scope, task: () => Interrupt): Interrupt {
    if (++this.#inclusions > deepestInclusion) throw limitFailure('depth')
    const { template: includer, scope: outer, at } = this
    this.template = template
    this.scope = scope
    const interrupt = task()
    this.template = includer
    this.scope = outer
    this.at = at
    this.#inclusions--
    return interrupt
  }
}
