import type * as z from 'zod'

/** A named type: what it accepts and how it looks in every direction. */
export interface TypeDefinition<Base extends z.ZodType = z.ZodType> {
  /** What values look like before `check`: `z.string()`, `z.object({ … })`. */
  readonly base: Base
  /** Whether a value of the base is of this type. Default: every one is. */
  readonly check?: ((value: z.output<Base>) => boolean) | undefined
  /** What a failed `check` says. Default: `Invalid <name>`. */
  readonly message?: string | undefined
  /** Makes a value for the base of what came in. It gives back unchanged what it does not understand. */
  readonly coerce?: ((input: unknown) => unknown) | undefined
  /** The JSON Schema of values that come in. Default: that of the base. Either has the name of the type as its `format`. */
  readonly jsonSchema?: Readonly<Record<string, unknown>> | undefined
  /** Makes a value that the type accepts. `random` gives numbers from 0 up to 1. */
  readonly example?: ((random: () => number) => unknown) | undefined
}

/** A definition with its name, as a schema carries it. */
export interface NamedType extends TypeDefinition {
  readonly name: string
}
