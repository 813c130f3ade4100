import type { Issue } from '../issue.ts'
import type { SchemaResource } from './schema-index.ts'

/** One issue of a foreign document, which also says which keyword of which schema refused. */
export interface ForeignIssue extends Issue {
  /** The JSON Schema keyword that refused the value: `minLength`, `unevaluatedProperties`; `false` for the schema `false`. */
  readonly keyword: string
  /** Where that keyword stands: a JSON Pointer behind the document's URI, if it has one. */
  readonly schemaLocation: string
}

/** The way from the root of the value to the part that is looked at. Kept only while issues are wanted. */
export interface Trail {
  readonly outer: Trail | undefined
  readonly key: string | number
}

/** The resources that were entered on the way, innermost first: what dynamic references look through. */
export interface Scope {
  readonly resource: SchemaResource
  readonly outer: Scope | undefined
}

/** The parts of one object or array that some schema has looked at, for `unevaluatedProperties` and `unevaluatedItems`. */
export interface Marks {
  properties: Set<string> | 'all'
  /** How many items from the first one on. */
  items: number
  /** Items elsewhere, found by `contains`. */
  others: Set<number>
}

/** What one run of a validator carries along. */
export interface Run {
  /** Where issues go; `undefined` while only the verdict is wanted, which ends at the first failure. */
  issues: ForeignIssue[] | undefined
  scope: Scope | undefined
  /** How often recursive schemas were entered. */
  rounds: number
  /** What was found about the parts of the value, once there were many rounds. */
  known: Map<Check, Map<object, 'passed' | 'refused' | 'explained'>> | undefined
}

export function createRun(issues: ForeignIssue[] | undefined): Run {
  return { issues, scope: undefined, rounds: 0, known: undefined }
}

/** Whether a value passes one keyword, or one schema. */
export type Check = (value: unknown, run: Run, trail: Trail | undefined, marks: Marks | undefined) => boolean

export function createMarks(): Marks {
  return { properties: new Set(), items: 0, others: new Set() }
}

/** Adds what a schema that has passed looked at. */
export function addMarks(to: Marks, from: Marks): void {
  if (from.properties === 'all') to.properties = 'all'
  else if (to.properties !== 'all') for (const name of from.properties) to.properties.add(name)
  to.items = Math.max(to.items, from.items)
  for (const index of from.others) to.others.add(index)
}

/** The path of a trail, from the root on. */
export function pathOf(trail: Trail | undefined): (string | number)[] {
  const path: (string | number)[] = []
  for (let step = trail; step !== undefined; step = step.outer) path.push(step.key)
  return path.toReversed()
}

/** The trail one step further, if anybody asks. */
export function stepTo(run: Run, trail: Trail | undefined, key: string | number): Trail | undefined {
  return run.issues === undefined ? undefined : { outer: trail, key }
}

/** Runs a check for its verdict only, whatever the run collects. */
export function silently(check: Check, value: unknown, run: Run, marks: Marks | undefined): boolean {
  const { issues } = run
  run.issues = undefined
  const passed = check(value, run, undefined, marks)
  run.issues = issues
  return passed
}
