import { redactText } from '@empire/redaction'
import type { EventSummary } from './aggregator-snapshot.ts'
import type { EventDefinition } from './event-definition.ts'
import { EventSeries, type MeasuredFields } from './event-series.ts'

/** Series by the value of their first label, then their second… */
type SeriesTree = Map<unknown, SeriesTree> | EventSeries

interface Message extends Readonly<Record<string, unknown>> {
  readonly at?: unknown
}

const longestLabel = 256

/** All that happened of one event. */
export class EventAggregate {
  readonly #definition: EventDefinition
  readonly #maxSeries: number
  readonly #labels: readonly string[]
  readonly #measured: MeasuredFields
  readonly #tree: SeriesTree
  readonly #series: EventSeries[] = []
  #overflow: EventSeries | undefined
  #droppedLabels = 0
  #droppedValues = 0
  #firstAt = Infinity
  #lastAt = -Infinity

  constructor(definition: EventDefinition, maxSeries: number) {
    this.#definition = definition
    this.#maxSeries = maxSeries
    const fields = Object.entries(definition.fields)
    const named = (kind: string): string[] => fields.flatMap(([name, its]) => (its === kind ? [name] : []))
    this.#labels = fields.flatMap(([name, kind]) => (kind === 'label' || Array.isArray(kind) ? [name] : []))
    this.#measured = { sums: named('sum'), durations: named('duration') }
    this.#tree = this.#labels.length === 0 ? this.#addSeries({}) : new Map()
  }

  /** Takes any message: the channel is open to everybody. */
  add(message: Message, now: () => number): void {
    let series: EventSeries | undefined
    try {
      const { at } = message
      this.#note(typeof at === 'number' && Number.isFinite(at) ? at : now())
      series = this.#find(message)
      series.count++
      this.#droppedValues += series.measure(message)
    } catch {
      this.#note(now())
      if (series === undefined) this.#drop().count++
      else this.#droppedValues++
    }
  }

  /** `undefined` as long as it never happened. */
  summarise(): EventSummary | undefined {
    const all = this.#overflow === undefined ? this.#series : [...this.#series, this.#overflow]
    const series = all.filter(({ count }) => count > 0).map((one) => one.summarise())
    if (series.length === 0) return undefined
    return {
      name: this.#definition.name,
      count: series.reduce((total, { count }) => total + count, 0),
      firstAt: this.#firstAt,
      lastAt: this.#lastAt,
      dropped: { labels: this.#droppedLabels, values: this.#droppedValues },
      series,
    }
  }

  #note(at: number): void {
    if (at < this.#firstAt) this.#firstAt = at
    if (at > this.#lastAt) this.#lastAt = at
  }

  #find(message: Message): EventSeries {
    let tree: SeriesTree | undefined = this.#tree
    for (const field of this.#labels) {
      tree = (tree as Map<unknown, SeriesTree>).get(message[field])
      if (tree === undefined) return this.#findSafe(message)
    }
    return tree as EventSeries
  }

  /** By the labels without their secrets, as they can be written: others never get a branch of their own. */
  #findSafe(message: Message): EventSeries {
    const values = this.#labels.map((field) => message[field])
    if (!values.every(isLabel)) return this.#drop()
    const labels = values.map((value) => redactText(value).toWellFormed())
    let tree: SeriesTree | undefined = this.#tree
    for (const label of labels) tree = (tree as Map<unknown, SeriesTree> | undefined)?.get(label)
    if (tree !== undefined) return tree as EventSeries
    return this.#series.length < this.#maxSeries ? this.#insert(labels) : this.#drop()
  }

  #insert(labels: readonly string[]): EventSeries {
    const series = this.#addSeries(Object.fromEntries(labels.map((label, index) => [this.#labels[index], label])))
    let tree = this.#tree as Map<unknown, SeriesTree>
    for (const label of labels.slice(0, -1)) {
      const next = (tree.get(label) as typeof tree | undefined) ?? new Map<unknown, SeriesTree>()
      tree.set(label, next)
      tree = next
    }
    tree.set(labels.at(-1), series)
    return series
  }

  #addSeries(labels: Readonly<Record<string, string>>): EventSeries {
    const series = new EventSeries(this.#measured, labels)
    this.#series.push(series)
    return series
  }

  #drop(): EventSeries {
    this.#droppedLabels++
    return (this.#overflow ??= new EventSeries(this.#measured, undefined))
  }
}

function isLabel(value: unknown): value is string {
  return typeof value === 'string' && value.length <= longestLabel
}
