import type { EventDefinition, FieldKind } from '../../packages/foundation/telemetry/src/index.ts'
import type { BareChannel, LoadedEvents } from './load-events.ts'

const begin = '<!-- events: written by node tooling/events-table.ts -->\n'
const end = '<!-- end of events -->\n'

/** The text with `events` in the place of those that stand between its marks. */
export function replaceEvents(text: string, events: string): string {
  const [start, stop] = [text.indexOf(begin), text.indexOf(end)]
  if (start === -1 || stop < start)
    throw new Error(`The text should hold "${begin.trim()}" and, after it, "${end.trim()}".`)
  return `${text.slice(0, start + begin.length)}\n${events}\n${text.slice(stop)}`
}

/** All events: a table for each package. */
export function formatEvents({ events, bareChannels }: Omit<LoadedEvents, 'faults'>): string {
  const sections = [...Map.groupBy(events, (event) => event.package)].map(([name, its]) => formatPackage(name, its))
  return [...sections, ...formatBareChannels(bareChannels)].join('\n')
}

function formatPackage(name: string, events: readonly EventDefinition[]): string {
  const rows = events.map((event) => [`\`${event.name}\``, event.description, formatFields(event.fields)])
  return `### @empire/${name}\n\n${formatTable([['channel', 'what happened', 'fields'], ...rows])}`
}

function formatBareChannels(channels: readonly BareChannel[]): string[] {
  if (channels.length === 0) return []
  const rows = channels.map(({ name, file }) => [`\`${name}\``, `\`${file}\``])
  return [
    `### Bare channels\n\nNot declared by \`defineEvents\`: without types, time and aggregation.\n\n${formatTable([['channel', 'source'], ...rows])}`,
  ]
}

function formatFields(fields: Readonly<Record<string, FieldKind>>): string {
  const described = Object.entries(fields).map(([name, kind]) => `\`${name}\`: ${describeKind(kind)}`)
  return described.length === 0 ? '–' : described.join('; ')
}

function describeKind(kind: FieldKind): string {
  return typeof kind === 'string' ? kind : kind.map((name) => `\`${name}\``).join(', ')
}

/** Aligned as the formatter aligns it. */
function formatTable(table: readonly (readonly string[])[]): string {
  const cells = table.map((row) => row.map((cell) => cell.replaceAll('|', String.raw`\|`)))
  const widths = (cells[0] ?? []).map((_, column) => Math.max(3, ...cells.map((row) => row[column]?.length ?? 0)))
  const [head, ...rows] = cells.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)))
  const rule = widths.map((width) => '-'.repeat(width))
  return [head ?? [], rule, ...rows].map((row) => `| ${row.join(' | ')} |\n`).join('')
}
