import { orderOf } from '../expression/condition.ts'
import { renderFailure } from '../render/liquid-failure.ts'
import type { Run } from '../render/run.ts'
import { add, divide, modulo, multiply, roundTo, subtract } from '../values/decimal.ts'
import { asFloat } from '../values/float.ts'
import { isWhole, type LiquidNumber, plainNumber, toNumber } from '../values/to-number.ts'
import { type Filter, filterOf } from './filter.ts'

type Operation = (left: LiquidNumber, right: LiquidNumber, run: Run) => LiquidNumber

function operation(operate: Operation): Filter {
  return filterOf(1, 1, (run, value, operand) => operate(toNumber(value, run), toNumber(operand, run), run))
}

/** Filters of numbers. */
export const numberFilters: Readonly<Record<string, Filter>> = {
  plus: operation(add),
  minus: operation(subtract),
  times: operation(multiply),
  divided_by: operation(divide),
  modulo: operation(modulo),
  at_least: operation((value, least, run) => ((orderOf(value, least, run) ?? 0) < 0 ? least : value)),
  at_most: operation((value, most, run) => ((orderOf(value, most, run) ?? 0) > 0 ? most : value)),

  abs: filterOf(0, 0, (run, input) => {
    const value = toNumber(input, run)
    if (typeof value === 'bigint') return value < 0n ? -value : value
    return isWhole(value) ? Math.abs(plainNumber(value)) : asFloat(Math.abs(plainNumber(value)))
  }),

  /** Cuts the decimals off; true is 1. */
  to_integer: filterOf(0, 0, (run, value) => {
    if (typeof value === 'boolean') return Number(value)
    return toWhole(toNumber(value, run), Math.trunc)
  }),
  ceil: filterOf(0, 0, (run, value) => toWhole(toNumber(value, run), Math.ceil)),
  floor: filterOf(0, 0, (run, value) => toWhole(toNumber(value, run), Math.floor)),
  round: filterOf(0, 1, (run, value, decimals = 0) =>
    roundTo(toNumber(value, run), Math.trunc(plainNumber(toNumber(decimals, run)))),
  ),
}

function toWhole(value: LiquidNumber, round: (value: number) => number): number | bigint {
  if (isWhole(value)) return value
  const rounded = round(plainNumber(value))
  if (!Number.isFinite(rounded)) throw renderFailure('Cannot round what is not finite.')
  return Number.isSafeInteger(rounded) ? rounded + 0 : BigInt(rounded)
}
