import { checkContent, checkCritical, checkText, type Content, mismatch } from './check-content.ts'
import type { CriticalStep, PromptData, Section } from './prompt-data.ts'
import { applyChanges, type PromptChange } from './prompt-draft.ts'
import { type RenderOptions, resolveRenderOptions } from './render-options.ts'
import { renderData } from './render-prompt.ts'
import { type AddressStep, resolveAddress, sectionKey, type StageAddress } from './resolve-address.ts'
import { sameData } from './same-data.ts'
import type { Stage, Vocabulary } from './stage.ts'

/**
 * A document made of stages. It never changes: what looks like a change gives another one, which shares the rest.
 *
 * A sequence of changes is carried out when the data is asked for, and costs what the changes add.
 */
export interface Prompt<Symbols = Vocabulary> {
  /** The document as plain JSON data, deeply frozen; the same object each time. */
  readonly data: PromptData
  /** The symbols that addresses are looked up in. */
  readonly stages: Symbols
  /**
   * Appends to a section, which is made with those around it if it is not there. Of a section object, title, subtitle and
   * bullet are set, critical steps and items appended.
   *
   * Throws `TypeError` for a stage of another vocabulary, and for content that does not fit, with its path.
   */
  add(address: StageAddress<Symbols>, content: Content): Prompt<Symbols>
  /** Puts content in place of all that the section holds, its title and style too. The section keeps its place. */
  replace(address: StageAddress<Symbols>, content: Content): Prompt<Symbols>
  /** Leaves a section out. Without such a section nothing changes. */
  remove(address: StageAddress<Symbols>): Prompt<Symbols>
  /** Says who is spoken to; an empty text takes it back. */
  role(text: string): Prompt<Symbols>
  /** Says what comes before all sections; an empty text takes it back. */
  prologue(text: string): Prompt<Symbols>
  /** Appends a step that must not be left out, before all sections. */
  critical(step: CriticalStep): Prompt<Symbols>
  /** The same in a section, before its items. */
  critical(address: StageAddress<Symbols>, step: CriticalStep): Prompt<Symbols>
  /** The section at an address; `undefined` if there is none. */
  section(address: StageAddress<Symbols>): Section | undefined
  /** The text. Throws `TypeError` for options that are not known. */
  render(options?: RenderOptions): string
  /** Whether the other prompt has the same data. */
  equals(other: { readonly data: PromptData }): boolean
  /** The data, for `JSON.stringify`; `promptFromJSON` reads it. */
  toJSON(): PromptData
}

const noData: PromptData = Object.freeze({ version: 1, sections: Object.freeze([]) })
const noStages: Vocabulary = Object.freeze({})

/**
 * An empty document.
 *
 * @param stages The vocabulary, as `stages generate` writes it. Default: none, so that all sections are ad hoc.
 */
export function createPrompt<Symbols extends object = Vocabulary>(stages?: Symbols): Prompt<Symbols> {
  return promptOf(noData, stages)
}

/** A document with this data, which has been checked. */
export function promptOf<Symbols extends object>(data: PromptData, stages?: Symbols): Prompt<Symbols> {
  const vocabulary = checkVocabulary(stages ?? noStages)
  return new PromptVersion({ data, before: undefined, change: undefined }, vocabulary) as unknown as Prompt<Symbols>
}

function checkVocabulary(stages: object): Vocabulary {
  for (const stage of Object.values(stages) as Partial<Stage>[]) {
    if (typeof stage?.path !== 'string' || !Array.isArray(stage.children)) {
      throw mismatch('stages', 'a vocabulary that "stages generate" has written', stages)
    }
  }
  return stages as Vocabulary
}

/** Data, or a change to come on top of another state. */
interface PromptState {
  data: PromptData | undefined
  before: PromptState | undefined
  change: PromptChange | undefined
}

const inspectCustom = Symbol.for('nodejs.util.inspect.custom')

class PromptVersion implements Prompt {
  readonly stages: Vocabulary
  readonly #state: PromptState

  constructor(state: PromptState, stages: Vocabulary) {
    this.#state = state
    this.stages = stages
    Object.freeze(this)
  }

  get data(): PromptData {
    const state = this.#state
    if (state.data !== undefined) return state.data
    const changes: PromptChange[] = []
    let base = state
    for (; base.data === undefined && base.before !== undefined; base = base.before) {
      if (base.change !== undefined) changes.push(base.change)
    }
    state.data = applyChanges(base.data ?? noData, changes.toReversed(), this.stages)
    // What came before is not kept alive.
    state.before = undefined
    state.change = undefined
    return state.data
  }

  add(address: StageAddress, content: Content): Prompt {
    return this.#change({ type: 'add', steps: this.#resolve(address), content: checkContent(content, 'content') })
  }

  replace(address: StageAddress, content: Content): Prompt {
    return this.#change({ type: 'replace', steps: this.#resolve(address), content: checkContent(content, 'content') })
  }

  remove(address: StageAddress): Prompt {
    return this.#change({ type: 'remove', steps: this.#resolve(address) })
  }

  role(text: string): Prompt {
    return this.#change({ type: 'role', text: checkText(text, 'role') })
  }

  prologue(text: string): Prompt {
    return this.#change({ type: 'prologue', text: checkText(text, 'prologue') })
  }

  critical(...given: [CriticalStep] | [StageAddress, CriticalStep]): Prompt {
    const step = checkCritical(given.at(-1), 'step')
    if (given.length === 1) return this.#change({ type: 'critical', step })
    return this.#change({ type: 'add', steps: this.#resolve(given[0]), content: { critical: [step], items: [] } })
  }

  section(address: StageAddress): Section | undefined {
    let siblings: Stage | Vocabulary | undefined = this.stages
    let items: PromptData['sections'][number]['items'] = this.data.sections
    let found: Section | undefined
    for (const step of this.#resolve(address)) {
      found = items.find((item): item is Section => typeof item !== 'string' && sectionKey(item, siblings) === step.key)
      if (found === undefined) return undefined
      items = found.items
      siblings = step.stage
    }
    return found
  }

  render(options?: RenderOptions): string {
    return renderData(this.data, resolveRenderOptions(options))
  }

  equals(other: { readonly data: PromptData }): boolean {
    return sameData(this.data, other.data)
  }

  toJSON(): PromptData {
    return this.data
  }

  /** What Node prints: no content, and not the whole vocabulary. */
  [inspectCustom](): string {
    const { length } = this.data.sections
    return `Prompt { ${length} ${length === 1 ? 'section' : 'sections'} }`
  }

  #resolve(address: StageAddress): readonly AddressStep[] {
    return resolveAddress(this.stages, address)
  }

  #change(change: PromptChange): Prompt {
    return new PromptVersion({ data: undefined, before: this.#state, change }, this.stages)
  }
}
