import type { LatencySummary, SeriesSummary } from './aggregator-snapshot.ts'
import { ExactSum } from './exact-sum.ts'
import { LatencyHistogram } from './latency-histogram.ts'

/** The fields of a message that are measured. */
export interface MeasuredFields {
  readonly sums: readonly string[]
  readonly durations: readonly string[]
}

/** What happened under one set of labels. */
export class EventSeries {
  readonly #fields: MeasuredFields
  readonly #labels: Readonly<Record<string, string>> | undefined
  readonly #sums: readonly ExactSum[]
  readonly #durations: readonly LatencyHistogram[]
  count = 0

  /** @param labels `undefined` for messages whose labels were dropped. */
  constructor(fields: MeasuredFields, labels: Readonly<Record<string, string>> | undefined) {
    this.#fields = fields
    this.#labels = labels
    this.#sums = fields.sums.map(() => new ExactSum())
    this.#durations = fields.durations.map(() => new LatencyHistogram())
  }

  /** Adds the numbers of a message, and gives how many of them were none. */
  measure(message: Readonly<Record<string, unknown>>): number {
    const { sums, durations } = this.#fields
    let dropped = 0
    for (let index = 0; index < sums.length; index++) {
      if (this.#sums[index]?.add(message[sums[index] as string]) === false) dropped++
    }
    for (let index = 0; index < durations.length; index++) {
      if (this.#durations[index]?.record(message[durations[index] as string]) === false) dropped++
    }
    return dropped
  }

  summarise(): SeriesSummary {
    const { sums, durations } = this.#fields
    return {
      overflow: this.#labels === undefined,
      labels: { ...this.#labels },
      count: this.count,
      sums: Object.fromEntries(sums.map((name, index) => [name, this.#sums[index]?.value ?? 0])),
      durations: Object.fromEntries(
        durations.flatMap((name, index): [string, LatencySummary][] => {
          const summary = this.#durations[index]?.summarise()
          return summary === undefined ? [] : [[name, summary]]
        }),
      ),
    }
  }
}
