/** All events so far. Plain data that goes through JSON unchanged. */
export interface AggregatorSnapshot {
  /** When the aggregator was made, in milliseconds since the epoch. */
  readonly since: number
  /** When the snapshot was taken, in milliseconds since the epoch. */
  readonly at: number
  /** Events that have happened, by name. */
  readonly events: readonly EventSummary[]
}

/** One event. */
export interface EventSummary {
  /** `empire:<package>:<event>`. */
  readonly name: string
  /** How often it happened. */
  readonly count: number
  /** When it first happened, in milliseconds since the epoch. */
  readonly firstAt: number
  /** When it last happened, in milliseconds since the epoch. */
  readonly lastAt: number
  /** What could not be kept. The counts hold all the same. */
  readonly dropped: Drops
  /** One for each set of labels. */
  readonly series: readonly SeriesSummary[]
}

/** What could not be kept of an event. */
export interface Drops {
  /** Messages counted without their labels: too many series, or a label that is no text of at most 256 characters. */
  readonly labels: number
  /** Numbers left out: not finite, negative, no numbers, or not to be read. */
  readonly values: number
}

/** The events that have the same labels. */
export interface SeriesSummary {
  /** Whether this holds the messages whose labels were dropped. */
  readonly overflow: boolean
  /** By field; empty for an event without labels and for the overflow. */
  readonly labels: Readonly<Record<string, string>>
  /** How often it happened with these labels. */
  readonly count: number
  /** The totals of the fields of kind `sum`. */
  readonly sums: Readonly<Record<string, number>>
  /** The fields of kind `duration`; left out as long as there is none. */
  readonly durations: Readonly<Record<string, LatencySummary>>
}

/** Durations in milliseconds. */
export interface LatencySummary {
  /** How many there were. */
  readonly count: number
  /** Their total. */
  readonly sum: number
  /** The shortest. */
  readonly min: number
  /** The longest. */
  readonly max: number
  /** Half of them took no longer. At most 6.25 % above the true value, like the other two. */
  readonly p50: number
  /** 90 % took no longer. */
  readonly p90: number
  /** 99 % took no longer. */
  readonly p99: number
  /** Those that hold something, in order: how many were longer than the bucket before and no longer than `upTo`. */
  readonly buckets: readonly { readonly upTo: number; readonly count: number }[]
}
