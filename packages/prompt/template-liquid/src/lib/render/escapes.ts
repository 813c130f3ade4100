import { describeValue } from '@empire/errors'
import { printValue } from '../values/print-value.ts'
import { disregard } from '../values/disregard.ts'
import { jsonOf } from '../values/json-of.ts'
import { LiquidFailure, renderFailure } from './liquid-failure.ts'
import type { Budget } from './budget.ts'

/**
 * What printed values are made safe for: HTML, XML, JSON (each becomes a JSON value of its own, so it stands without
 * quotes: `{ "name": {{ name }} }`), nothing, or whatever a function gives for the text.
 */
export type LiquidEscape = 'none' | 'html' | 'xml' | 'json' | ((text: string) => string)

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** The text with `&`, `<`, `>` and quotes as entities. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character)
}

// oxlint-disable-next-line no-control-regex -- XML may not hold them, not even as entities
const notXml = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g

function escapeXml(text: string): string {
  return escapeHtml(text.toWellFormed().replaceAll(notXml, '\uFFFD'))
}

/** Makes the text that is printed for a value. */
export type Escape = (value: unknown, budget: Budget) => string

/** What prints a value for this option; nothing where values are printed verbatim. */
export function escapeOf(escape: LiquidEscape): Escape | undefined {
  switch (escape) {
    case 'none':
      return undefined
    case 'html':
      return (value, budget) => escapeHtml(printValue(value, budget))
    case 'xml':
      return (value, budget) => escapeXml(printValue(value, budget))
    case 'json':
      return jsonOf
    default:
      if (typeof escape === 'function') return (value, budget) => escapeBy(escape, printValue(value, budget))
      throw new TypeError(
        `Expected "escape" to be "none", "html", "xml", "json" or a function, got ${describeValue(escape)}.`,
      )
  }
}

function escapeBy(escape: (text: string) => string, text: string): string {
  let escaped: unknown
  try {
    escaped = escape(text)
  } catch (cause) {
    throw new LiquidFailure('template_render', 'The function "escape" threw. See the cause.', { cause })
  }
  if (typeof escaped === 'string') return escaped
  disregard(escaped)
  throw renderFailure('The function "escape" has to return a string.')
}
