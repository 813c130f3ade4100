export { type DefinedEvents, defineEvents, type DefineEventsOptions, listEvents } from './lib/define-events.ts'
export type { EventChannel } from './lib/event-channel.ts'
export type {
  EventDefinition,
  EventDescription,
  EventMessage,
  EventPayload,
  FieldKind,
  FieldValue,
} from './lib/event-definition.ts'
