import { calcPrice } from '@pydantic/genai-prices'
import { describeValue, expectKnownKeys } from '@empire/errors'
import type { Usage } from '../usage.ts'

/** What a model costs, in USD for a million tokens. */
export interface ModelPrice {
  readonly input: number
  /** Default: that of `input`. */
  readonly cacheRead?: number | undefined
  /** Default: that of `input`. */
  readonly cacheWrite?: number | undefined
  readonly output: number
  /** Default: that of `output`. */
  readonly reasoning?: number | undefined
}

/** Which model is meant. */
export interface PricedModel {
  readonly id: string
  /** Who sells it: `claude`, `gemini`, `openai`, or a name of the table. Default: whoever has a model of that name. */
  readonly vendor?: string | undefined
}

/** Options of `createPrices`. */
export interface PricesOptions {
  /** Prices by the id of the model; they win over the table. Default: none. */
  readonly models?: Readonly<Record<string, ModelPrice>> | undefined
}

/** Knows what calls cost. */
export interface Prices {
  /**
   * What the tokens cost, in billionths of a US dollar, an integer; `undefined` when the price is not known, never 0,
   * and for usage that is no count.
   *
   * Where a long request costs more, all its tokens have the higher price, as the vendors bill it.
   */
  cost(usage: Usage, model: PricedModel): number | undefined
}

/** A price that rises with the length of the request. */
interface Step {
  readonly from: number
  readonly price: ModelPrice
}

const vendors = new Map([
  ['claude', 'anthropic'],
  ['gemini', 'google'],
])
const kinds = ['input', 'cacheRead', 'cacheWrite', 'output', 'reasoning'] as const

/**
 * The list prices of the vendors as of the installed version of `@pydantic/genai-prices`, in US dollars. Discounts,
 * batches and what a tool of the vendor costs are not in them.
 */
export function createPrices(options: PricesOptions = {}): Prices {
  expectKnownKeys('createPrices: "options"', options, ['models'])
  const { models = {} } = options
  for (const [id, price] of Object.entries(models)) checkPrice(id, price)
  const known = new Map<string, readonly Step[] | undefined>()

  function stepsOf({ id, vendor }: PricedModel): readonly Step[] | undefined {
    if (Object.hasOwn(models, id)) return [{ from: 0, price: models[id] as ModelPrice }]
    const key = JSON.stringify([vendor, id])
    if (!known.has(key)) {
      // An id is a name that a caller chose: a server must not keep each of them for ever.
      if (known.size === 1000) known.clear()
      known.set(key, lookUp(id, vendor))
    }
    return known.get(key)
  }

  return Object.freeze({
    cost(usage: Usage, model: PricedModel) {
      const read = usage.input + usage.cacheRead + usage.cacheWrite
      const price = stepsOf(model)?.findLast(({ from }) => read >= from)?.price
      if (price === undefined) return undefined
      let cost = 0
      for (const kind of kinds) cost += usage[kind] * 1000 * priceOf(price, kind)
      const rounded = Math.round(cost)
      return Number.isSafeInteger(rounded) ? rounded : undefined
    },
  })
}

function priceOf(price: ModelPrice, kind: (typeof kinds)[number]): number {
  return price[kind] ?? (kind === 'reasoning' ? price.output : price.input)
}

type TablePrice =
  | number
  | { readonly base: number; readonly tiers: readonly { readonly start: number; readonly price: number }[] }

function lookUp(id: string, vendor: string | undefined): readonly Step[] | undefined {
  const provider = vendor === undefined ? {} : { providerId: vendors.get(vendor) ?? vendor }
  const found = calcPrice({ input_tokens: 1, output_tokens: 1 }, id, provider)
  if (found === null) return undefined
  const table = found.model_price as Readonly<Record<string, TablePrice | undefined>>
  const starts = new Set([0])
  for (const price of Object.values(table)) {
    if (typeof price === 'object') for (const { start } of price.tiers) starts.add(start + 1)
  }
  const steps: Step[] = []
  for (const from of [...starts].toSorted((one, other) => one - other)) {
    const [input, output] = [at(table['input_mtok'], from), at(table['output_mtok'], from)]
    if (input === undefined || output === undefined) return undefined
    steps.push({
      from,
      price: {
        input,
        output,
        cacheRead: at(table['cache_read_mtok'], from),
        cacheWrite: at(table['cache_write_mtok'], from),
      },
    })
  }
  return steps
}

function at(price: TablePrice | undefined, tokens: number): number | undefined {
  if (price === undefined || typeof price === 'number') return price
  return price.tiers.findLast(({ start }) => tokens > start)?.price ?? price.base
}

function checkPrice(id: string, price: ModelPrice): void {
  if (typeof price !== 'object' || price === null) {
    throw new TypeError(`Expected "models.${id}" to be { input, output }, got ${describeValue(price)}.`)
  }
  expectKnownKeys(`createPrices: "models.${id}"`, price, kinds)
  for (const kind of kinds) {
    const value = price[kind]
    if (value === undefined && kind !== 'input' && kind !== 'output') continue
    if (typeof value === 'number' && value >= 0 && value < Infinity) continue
    throw new TypeError(
      `Expected "models.${id}.${kind}" to be US dollars for a million tokens, from 0 upwards, got ${describeValue(value)}.`,
    )
  }
}
