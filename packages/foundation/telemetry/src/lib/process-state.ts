import type { EventDefinition } from './event-definition.ts'

interface ProcessState {
  /** By name, in the order of their definition. */
  readonly events: Map<string, EventDefinition>
  /** Told of each event that is defined from now on. */
  readonly watchers: Set<(definition: EventDefinition) => void>
  /** Whether prompts and outputs are recorded. */
  content: boolean
}

const key = Symbol.for('@empire/telemetry')
const holder = globalThis as { [key]?: ProcessState }

// Not of this module but of the process: two copies of the package in one application must agree.
export const processState: ProcessState = (holder[key] ??= { events: new Map(), watchers: new Set(), content: false })
