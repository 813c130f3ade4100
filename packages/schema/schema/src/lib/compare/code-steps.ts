import * as z from 'zod'
import type { Direction } from '../dialect.ts'
import { deepEqual } from '../foreign/deep-equal.ts'
import type { CodeStep } from './code-step.ts'

type Effect = CodeStep['effect']

/**
 * The code of one zod schema, without its children, that its JSON Schema form does not show: all that could make two schemas
 * of one form differ.
 */
export function codeSteps(schema: z.core.$ZodType, direction: Direction): CodeStep[] {
  return [...typeSteps(schema as z.core.$ZodTypes, direction), ...checkSteps(schema)]
}

function step(keyword: string, effect: Effect, meaning: unknown, changes = false): CodeStep {
  return { keyword, effect, token: tokenOf(meaning), changes, reason: `${keyword} is code` }
}

const identities = new WeakMap<object, number>()
let lastIdentity = 0

/** Functions, and definitions of zod, are the same only by identity; anything else by its text. */
function tokenOf(meaning: unknown): string {
  if (Array.isArray(meaning)) return meaning.map(tokenOf).join(' ')
  if ((typeof meaning !== 'object' && typeof meaning !== 'function') || meaning === null) return String(meaning)
  let identity = identities.get(meaning)
  if (identity === undefined) {
    lastIdentity += 1
    identity = lastIdentity
    identities.set(meaning, identity)
  }
  return `#${identity}`
}

function typeSteps(schema: z.core.$ZodTypes, direction: Direction): CodeStep[] {
  const { def } = schema._zod
  const input = direction === 'input'
  switch (def.type) {
    case 'string':
    case 'number':
    case 'boolean':
      return input && def.coerce === true ? [step('coerce', 'narrower', def.type, true)] : []
    case 'bigint':
    case 'date':
      return [step(def.type, 'different', def.type), ...(input && def.coerce === true ? [coercion(def.type)] : [])]
    case 'map':
    case 'set':
    case 'file':
      return [step(def.type, 'different', def.type)]
    case 'literal':
      return def.values.some((value) => typeof value === 'bigint') ? [step('bigint', 'different', 'bigint')] : []
    case 'custom':
      return [step('custom', 'wider', def.when === undefined ? def.fn : def)]
    case 'transform':
      return [step('transform', 'wider', def.transform, true)]
    case 'catch':
      return [step('catch', 'narrower', def, true)]
    case 'default':
      return input || givesFitting(def) ? [] : [step('default', 'narrower', def)]
    case 'pipe':
      return input ? pipeSteps(def) : []
    default:
      return []
  }
}

function coercion(type: string): CodeStep {
  return step('coerce', 'narrower', type, true)
}

function pipeSteps(def: z.core.$ZodPipeDef): CodeStep[] {
  const { in: first, out: last } = def as unknown as { in: z.core.$ZodTypes; out: z.core.$ZodTypes }
  if (first._zod.def.type === 'transform') return [step('preprocess', 'different', first._zod.def.transform, true)]
  if (last._zod.def.type === 'transform') return [step('transform', 'wider', last._zod.def.transform, true)]
  return [step('pipe', 'wider', [def.transform, last._zod.def], true)]
}

/** A default is given out as it is, unchecked: the form is right if it fits and stays what it is. */
function givesFitting(def: z.core.$ZodDefaultDef): boolean {
  try {
    const result = z.core.safeParse(def.innerType, def.defaultValue)
    return result.success && deepEqual(result.data, def.defaultValue)
  } catch {
    return false
  }
}

function checkSteps(schema: z.core.$ZodType): CodeStep[] {
  const { def, traits } = schema._zod
  const own = traits.has('$ZodCheck') && def.type !== 'custom' ? [schema as unknown as z.core.$ZodCheck] : []
  const checks = [...own, ...(def.checks ?? [])] as (z.core.$ZodChecks | z.core.$ZodCustom)[]
  const steps = checks.flatMap((check) => checkStep(check))
  const change = checks.findIndex((check) => check._zod.def.check === 'overwrite')
  // The form shows what is checked, but not that some of it is checked before the value is changed.
  return change < 1 ? steps : [step('overwrite', 'different', checks.map(describeCheck).join('; '), true), ...steps]
}

function describeCheck(check: z.core.$ZodChecks | z.core.$ZodCustom): string {
  const { def } = check._zod
  if (def.check === 'overwrite') return `overwrite ${builtInText(def.tx) ?? tokenOf(def.tx)}`
  return Object.entries(def)
    .map(
      ([name, value]) =>
        `${name}: ${value instanceof RegExp || value instanceof Date ? String(value) : tokenOf(value)}`,
    )
    .join(', ')
}

function checkStep(check: z.core.$ZodChecks | z.core.$ZodCustom): CodeStep[] {
  const { def } = check._zod
  switch (def.check) {
    case 'custom':
      // `superRefine` keeps its function in the check only.
      return [step('refine', 'wider', def.when === undefined ? (def.fn ?? check) : check)]
    case 'property':
    case 'mime_type':
      return [step(def.check, 'wider', check)]
    case 'min_size':
    case 'max_size':
    case 'size_equals':
      return [step(def.check, 'wider', 'size' in def ? def.size : 'minimum' in def ? def.minimum : def.maximum)]
    case 'overwrite':
      return [step('overwrite', 'different', builtInText(def.tx) ?? def.tx, true)]
    case 'string_format':
      return formatSteps(def)
    case 'greater_than':
    case 'less_than':
      return boundSteps(def)
    default:
      return []
  }
}

function formatSteps(def: z.core.$ZodCheckStringFormatDef): CodeStep[] {
  const { fn, alg, hostname, protocol, normalize } = def as unknown as Record<string, unknown>
  if (def.pattern !== undefined && fn === undefined) return []
  return [step('format', 'wider', fn ?? [def.format, ...[alg, hostname, protocol, normalize].map(textOf)].join(' '))]
}

function boundSteps(def: z.core.$ZodCheckGreaterThanDef | z.core.$ZodCheckLessThanDef): CodeStep[] {
  const { check, inclusive, value } = def
  if (value instanceof Date) return [step('date', 'wider', `${check} ${String(inclusive)} ${value.getTime()}`)]
  // The form rounds it to a number.
  if (typeof value === 'bigint' && !Number.isSafeInteger(Number(value))) {
    return [step('bigint', 'different', `${check} ${String(inclusive)} ${value}`)]
  }
  return []
}

function textOf(value: unknown): string {
  return value === undefined ? '' : String(value)
}

const builtIn: ReadonlySet<string> = new Set(
  [z.trim(), z.toLowerCase(), z.toUpperCase()].map((check) => overwriteOf(check)),
)

function overwriteOf(check: z.core.$ZodCheck): string {
  return String((check._zod.def as unknown as { tx: unknown }).tx)
}

/** zod makes these functions anew each time. They use nothing from around them, so equal text is equal meaning. */
function builtInText(change: (value: never) => unknown): string | undefined {
  const text = String(change)
  return builtIn.has(text) ? text : undefined
}
