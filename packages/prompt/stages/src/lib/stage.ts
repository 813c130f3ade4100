/** Where a top-level stage is rendered: at its place in the vocabulary, or in the order of insertion. */
export type StageOrder = 'fixed' | 'insertion'

/** A stage of a vocabulary: its symbol, as in `Stages.Planning.Steps`. Frozen; one object for each stage. */
export interface Stage<Path extends string = string> {
  /** The identifiers from the top, joined by `/`: `Planning/Steps`. It names the stage in documents and in JSON. */
  readonly path: Path
  /** The identifier, the last part of the path. */
  readonly name: string
  /** The title that is rendered, if the prompt gives no other. */
  readonly display: string
  /** What belongs into the stage; empty if the vocabulary does not say. */
  readonly documentation: string
  /** Always `insertion` below the top level. */
  readonly order: StageOrder
  /** The place among its siblings, counted from 0. */
  readonly position: number
  /** The stage it belongs to; `undefined` at the top level. Not enumerable. */
  readonly parent: Stage | undefined
  /** Its own stages, in the order of the vocabulary. */
  readonly children: readonly Stage[]
}

/** What `defineStages` is told about one stage; `stages generate` writes it. */
export interface StageDefinition {
  /** The title that is rendered. */
  readonly display: string
  /** What belongs into the stage. Default: nothing. */
  readonly documentation?: string
  /** Only at the top level. Default: `insertion`. */
  readonly order?: StageOrder
  /** Stages below, by their identifiers. Default: none. */
  readonly children?: StageDefinitions
}

/** Definitions by the identifiers of the stages. */
export interface StageDefinitions {
  readonly [identifier: string]: StageDefinition
}

/** The top-level stages by their identifiers: what `createPrompt` takes. */
export interface Vocabulary {
  readonly [identifier: string]: Stage
}

type ChildDefinitions<Definition> = Definition extends { readonly children: infer Children extends StageDefinitions }
  ? Children
  : unknown

/** The symbol of a stage, with those below it as its properties. */
export type StageSymbol<Definition, Path extends string, Parent extends Stage | undefined> = Stage<Path> & {
  readonly parent: Parent
} & StageTree<ChildDefinitions<Definition>, `${Path}/`, Stage<Path>>

/** Symbols for definitions. It keeps the names of the properties, and so their documentation in the editor. */
export type StageTree<Definitions, Prefix extends string = '', Parent extends Stage | undefined = undefined> = {
  readonly [Name in keyof Definitions]: StageSymbol<Definitions[Name], `${Prefix}${Name & string}`, Parent>
}

type ChildName<Symbols> = Exclude<keyof Symbols, keyof Stage>

/** All paths of a vocabulary, or of the stages below a stage, for completion in the editor. */
export type StagePath<Symbols> = {
  [Name in ChildName<Symbols>]: Symbols[Name] extends Stage<infer Path> ? Path | StagePath<Symbols[Name]> : never
}[ChildName<Symbols>]
