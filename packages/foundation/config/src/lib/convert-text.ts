import type { Outline } from './outline.ts'

const decimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/
const truths = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
])

/**
 * The value that a text stands for, by the types that the schema allows, or else by the type of the value that it
 * replaces. A text that is none of them stays one: the schema says what is wrong with it.
 */
export function convertText(text: string, outline: Outline, replaced: unknown): unknown {
  const types = outline.types.size > 0 ? outline.types : new Set([typeOf(replaced)])
  if (types.has('string')) return text
  const word = text.trim()
  if ((types.has('number') || types.has('integer')) && decimal.test(word) && Number.isFinite(Number(word))) {
    return Number(word)
  }
  const truth = types.has('boolean') ? truths.get(word.toLowerCase()) : undefined
  if (truth !== undefined) return truth
  if (types.has('null') && word === 'null') return null
  const opening = word[0]
  if ((types.has('array') && opening === '[') || (types.has('object') && opening === '{'))
    return parseJson(word) ?? text
  return types.has('array') ? splitList(word, outline, replaced) : text
}

function splitList(list: string, outline: Outline, replaced: unknown): unknown[] {
  if (list === '') return []
  const [first]: unknown[] = Array.isArray(replaced) ? replaced : []
  return list.split(',').map((item, index) => convertText(item.trim(), outline.below(String(index)), first))
}

function typeOf(value: unknown): string {
  if (value === null || value === undefined) return 'string'
  return Array.isArray(value) ? 'array' : typeof value
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
