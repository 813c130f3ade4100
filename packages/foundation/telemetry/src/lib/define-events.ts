import { createEventChannel, type EventChannel, platformClock } from './event-channel.ts'
import type { EventDefinition, EventDescription, FieldKind } from './event-definition.ts'
import { processState } from './process-state.ts'

/** How events are stamped. */
export interface DefineEventsOptions {
  /** Milliseconds since the epoch. Default: the platform's clock, with fractions. */
  readonly now?: (() => number) | undefined
}

/** The events of a package by their names. */
export type DefinedEvents<Events> = {
  readonly [Name in keyof Events]: EventChannel<
    Events[Name] extends { readonly fields: infer Fields } ? Fields : Record<never, never>
  >
}

/**
 * Declares the events of a package, each on the diagnostics channel `empire:<package>:<event>`.
 *
 * A package does this once, when it is loaded. Defining an event again, as a second copy of the package would, gives
 * another end of the same channel; the first definition is the one that is listed and aggregated by.
 *
 * @param packageName The package without its scope, in kebab-case.
 * @param events What the events say, by their names in kebab-case.
 * @throws {TypeError} When a name or a kind of a field is not what it has to be.
 */
export function defineEvents<const Events extends Readonly<Record<string, EventDescription>>>(
  packageName: string,
  events: Events,
  options: DefineEventsOptions = {},
): DefinedEvents<Events> {
  expectName('"packageName"', packageName, kebabCase, 'kebab-case')
  expectRecord('"events"', events)
  const { now = platformClock } = options
  if (typeof now !== 'function') throw new TypeError(`defineEvents: "now" must be a function, got ${typeof now}.`)
  const channels = Object.entries(events).map(([event, description]) => {
    const definition = defineEvent(packageName, event, description)
    if (!processState.events.has(definition.name)) {
      processState.events.set(definition.name, definition)
      for (const watch of processState.watchers) watch(definition)
    }
    return [event, createEventChannel(definition.name, definition.fields, now)]
  })
  return Object.freeze(Object.fromEntries(channels)) as DefinedEvents<Events>
}

/** The events that the packages loaded so far have declared, by name. */
export function listEvents(): EventDefinition[] {
  return [...processState.events.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

const kebabCase = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/
const camelCase = /^[a-z][a-zA-Z0-9]*$/
const kinds: readonly unknown[] = ['label', 'sum', 'duration', 'detail', 'content'] satisfies FieldKind[]

function defineEvent(packageName: string, event: string, about: EventDescription): EventDefinition {
  expectName('the name of an event', event, kebabCase, 'kebab-case')
  expectRecord(event, about)
  const { description, fields = {} } = about
  if (typeof description !== 'string' || description === '') {
    throw new TypeError(`defineEvents: "description" of ${event} must be a sentence, got ${show(description)}.`)
  }
  expectRecord(`"fields" of ${event}`, fields)
  for (const [field, kind] of Object.entries(fields)) {
    expectName(`a field of ${event}`, field, camelCase, 'camelCase')
    if (field === 'at') {
      throw new TypeError(`defineEvents: a field of ${event} is named "at", which is the time of every event.`)
    }
    if (!kinds.includes(kind) && !isListOfNames(kind)) {
      throw new TypeError(
        `defineEvents: "${field}" of ${event} must be one of ${kinds.join(', ')}, or a list of names, got ${show(kind)}.`,
      )
    }
  }
  return Object.freeze({
    name: `empire:${packageName}:${event}`,
    package: packageName,
    description,
    fields: Object.freeze(Object.fromEntries(Object.entries(fields).map(([field, kind]) => [field, copyKind(kind)]))),
  })
}

/** A list of its own: who holds the given one can change it. */
function copyKind(kind: FieldKind): FieldKind {
  return typeof kind === 'string' ? kind : Object.freeze([...kind])
}

function isListOfNames(kind: unknown): boolean {
  return Array.isArray(kind) && kind.length > 0 && kind.every((name) => typeof name === 'string')
}

function expectRecord(what: string, value: unknown): void {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return
  throw new TypeError(`defineEvents: ${what} must be an object, got ${show(value)}.`)
}

function expectName(what: string, name: unknown, pattern: RegExp, style: string): void {
  if (typeof name === 'string' && pattern.test(name)) return
  throw new TypeError(`defineEvents: ${what} must be in ${style}, got ${show(name)}.`)
}

function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value)
  return Array.isArray(value) ? 'an array' : value === null ? 'null' : typeof value
}
