import type * as z from 'zod'

/** What the checks of a schema may say, by the names of zod. */
export interface CheckDefinition {
  readonly check: string
  readonly format?: string | undefined
  readonly pattern?: RegExp | undefined
  readonly value?: number | bigint | Date | undefined
  readonly inclusive?: boolean | undefined
  readonly minimum?: number | undefined
  readonly maximum?: number | undefined
  readonly length?: number | undefined
  readonly size?: number | undefined
  readonly mime?: readonly string[] | undefined
}

/** The checks of a schema. A schema such as `z.email()` is one itself. */
export function checksOf({ _zod: { def } }: z.core.$ZodType): CheckDefinition[] {
  const checks = (def.checks ?? []).map((check) => check._zod.def)
  return 'check' in def ? [def as unknown as CheckDefinition, ...checks] : checks
}

/** How many elements, characters or bytes a schema allows, both inclusive. */
export interface SizeRange {
  readonly minimum: number
  /** `undefined` if there is no limit. */
  readonly maximum: number | undefined
}

export function sizeOf(schema: z.core.$ZodType): SizeRange {
  const checks = checksOf(schema).filter(({ check }) => sizeChecks.has(check))
  const lows = checks.map(({ minimum, length, size }) => minimum ?? length ?? size ?? 0)
  const highs = checks.map(({ maximum, length, size }) => maximum ?? length ?? size ?? Infinity)
  const maximum = Math.min(Infinity, ...highs)
  return { minimum: Math.max(0, ...lows), maximum: maximum === Infinity ? undefined : maximum }
}

const sizeChecks = new Set(['min_length', 'max_length', 'length_equals', 'min_size', 'max_size', 'size_equals'])

/** One end of a range. */
export interface Bound<Value> {
  readonly value: Value
  readonly inclusive: boolean
}

/** The highest lower bound and the lowest upper bound of a schema. */
export function boundsOf<Value extends number | bigint | Date>(
  schema: z.core.$ZodType,
): { low: Bound<Value> | undefined; high: Bound<Value> | undefined } {
  const ends = (name: string): Bound<Value>[] =>
    checksOf(schema)
      .filter(({ check }) => check === name)
      .map(({ value, inclusive = true }) => ({ value: value as Value, inclusive }))
  return {
    low: ends('greater_than').reduce<Bound<Value> | undefined>(
      (best, end) => (stricter(end, best, 1) ? end : best),
      undefined,
    ),
    high: ends('less_than').reduce<Bound<Value> | undefined>(
      (best, end) => (stricter(end, best, -1) ? end : best),
      undefined,
    ),
  }
}

function stricter<Value extends number | bigint | Date>(
  end: Bound<Value>,
  best: Bound<Value> | undefined,
  direction: 1 | -1,
): boolean {
  if (best === undefined) return true
  if (end.value > best.value) return direction === 1
  if (end.value < best.value) return direction === -1
  return !end.inclusive
}
