/** The part of a Standard Schema (https://standardschema.dev) that is used here. */
export interface StandardSchema {
  readonly '~standard': {
    /** Gives the value or the issues, or a promise of them. */
    readonly validate: (value: unknown) => unknown
  }
}

/** A JSON Schema document. */
export type JsonSchemaDocument = boolean | { readonly [keyword: string]: unknown }
