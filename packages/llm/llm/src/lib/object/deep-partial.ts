/** A value that may not be whole yet: of objects and lists any part may be missing. */
export type DeepPartial<Value> = Value extends string | number | boolean | bigint | symbol | null | undefined | Date
  ? Value
  : Value extends readonly (infer Item)[]
    ? readonly DeepPartial<Item>[]
    : Value extends object
      ? { readonly [Key in keyof Value]?: DeepPartial<Value[Key]> }
      : Value
