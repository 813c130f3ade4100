/**
 * The name of one thing whose invalidation ends an entry: a whole namespace (`n`), its key (`k`), a tag (`t`), or a key
 * that it depends on (`d`).
 */
export type Label = string

/** Everything in the cache. */
export const rootLabel: Label = 'n'

/** What distinguishes a namespace: its own path, and the labels that end all of its entries. */
export interface Scope {
  /** Empty, or unlike the beginning of any id outside of the namespace. */
  readonly prefix: string
  readonly labels: readonly Label[]
}

export const rootScope: Scope = Object.freeze({ prefix: '', labels: Object.freeze([rootLabel]) })

/** The scope of a namespace within another. */
export function childScope(parent: Scope, name: string): Scope {
  const path = parent.prefix === '' ? '' : `${parent.prefix.slice(1, -1)}.`
  const prefix = `\0${path}${escapeName(name)}/`
  return Object.freeze({ prefix, labels: Object.freeze([...parent.labels, `n${prefix}`]) })
}

/** Without a prefix a name is its own id, which costs nothing: only one that could pass for a prefixed one is marked. */
export function toId(scope: Scope, name: string): string {
  if (scope.prefix !== '') return scope.prefix + name
  return name.charCodeAt(0) === 0 ? `\0/${name}` : name
}

export function keyLabel(id: string): Label {
  return `k${id}`
}

export function tagLabel(id: string): Label {
  return `t${id}`
}

export function dependencyLabel(id: string): Label {
  return `d${id}`
}

/** The id of the key that a key label names. */
export function keyOf(label: Label): string | undefined {
  return label.startsWith('k') ? label.slice(1) : undefined
}

function escapeName(name: string): string {
  return name.replace(/[%./]/g, (character) => `%${character.charCodeAt(0).toString(16)}`)
}
