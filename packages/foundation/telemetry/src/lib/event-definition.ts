/**
 * What a field of an event is.
 *
 * - a list: one of these names, by which events are grouped
 * - `label`: a name by which events are grouped; few different ones, never ids or secrets
 * - `sum`: a number to be added up, not negative: bytes, tokens, items
 * - `duration`: milliseconds
 * - `detail`: anything that helps a subscriber and is not aggregated, such as an error; may be left out. What holds a
 *   secret is handed on as a copy without it.
 * - `content`: a prompt, an output, a document; may be left out. Given as it is, or as a function that makes it.
 *   Subscribers see it only while content recording is on, without its secrets.
 */
export type FieldKind = readonly string[] | 'label' | 'sum' | 'duration' | 'detail' | 'content'

/** What an event says, before it has a name of its own. */
export interface EventDescription {
  /** One sentence: what happened. */
  readonly description: string
  /** By name, in camel case. Default: none. `at` is on every message and cannot be defined. */
  readonly fields?: Readonly<Record<string, FieldKind>> | undefined
}

/** An event of a package. Plain data. */
export interface EventDefinition {
  /** The diagnostics channel: `empire:<package>:<event>`. */
  readonly name: string
  /** The package that declares it, without its scope. */
  readonly package: string
  /** One sentence: what happened. */
  readonly description: string
  /** What each field is, by name. */
  readonly fields: Readonly<Record<string, FieldKind>>
}

/** The type of a field by its kind. */
export type FieldValue<Kind> = Kind extends readonly (infer Name)[]
  ? Name
  : Kind extends 'label'
    ? string
    : Kind extends 'sum' | 'duration'
      ? number
      : unknown

type OptionalKind = 'detail' | 'content'
type RequiredName<Fields> = { [Name in keyof Fields]: Fields[Name] extends OptionalKind ? never : Name }[keyof Fields]
type OptionalName<Fields> = { [Name in keyof Fields]: Fields[Name] extends OptionalKind ? Name : never }[keyof Fields]

/** What is published: every field, and the time if it is not now. */
export type EventPayload<Fields> = { readonly [Name in RequiredName<Fields>]: FieldValue<Fields[Name]> } & {
  readonly [Name in OptionalName<Fields>]?: unknown
} & {
  /** When it happened, in milliseconds since the epoch. Default: now. */
  readonly at?: number | undefined
}

/** What subscribers get: the payload and the time of the event, in milliseconds since the epoch with their fraction. */
export type EventMessage<Fields> = Omit<EventPayload<Fields>, 'at'> & { readonly at: number }
