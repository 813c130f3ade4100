/** A value whose members are not settings of their own. */
type Leaf =
  | string
  | number
  | boolean
  | bigint
  | symbol
  | null
  | undefined
  | Date
  | RegExp
  | URL
  | readonly unknown[]
  | ReadonlyMap<unknown, unknown>
  | ReadonlySet<unknown>
  | ((...parameters: never[]) => unknown)

type Depth = [never, 0, 1, 2, 3, 4, 5, 6, 7]

/**
 * The dotted paths of all settings of `Values`, to eight levels; `''` is all of them.
 *
 * Elements of arrays and keys that are no words are written in brackets, and are not checked: `models["gpt-4.1"].price`.
 */
export type SettingPath<Values> = unknown extends Values ? string : '' | DottedPath<Values, 7> | `${string}[${string}`

type DottedPath<Values, Levels extends number> = [Levels] extends [never]
  ? never
  : Values extends Leaf
    ? never
    : {
        [Key in keyof Values & string]: Key | `${Key}.${DottedPath<NonNullable<Values[Key]>, Depth[Levels]>}`
      }[keyof Values & string]

/** The type of the setting at a path; `unknown` for a path with brackets. */
export type SettingAt<Values, Path extends string> = Path extends ''
  ? Values
  : Path extends `${string}[${string}`
    ? unknown
    : Path extends `${infer Head}.${infer Rest}`
      ? Head extends keyof Values
        ? SettingAt<NonNullable<Values[Head]>, Rest> | (undefined extends Values[Head] ? undefined : never)
        : unknown
      : Path extends keyof Values
        ? Values[Path]
        : unknown

/** `Values` as a snapshot holds them: objects and arrays are frozen at every level, maps and sets are read only. */
export type Frozen<Values> = unknown extends Values
  ? Values
  : Values extends ReadonlyMap<infer Key, infer Value>
    ? ReadonlyMap<Key, Frozen<Value>>
    : Values extends ReadonlySet<infer Value>
      ? ReadonlySet<Frozen<Value>>
      : Values extends readonly unknown[]
        ? { readonly [Index in keyof Values]: Frozen<Values[Index]> }
        : Values extends Leaf
          ? Values
          : { readonly [Key in keyof Values]: Frozen<Values[Key]> }
