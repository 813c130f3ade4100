import { expectMembers } from './expect-members.ts'

/** How instances become data for outside. */
export interface SerializeOptions {
  /** The keys of members: those in data from outside, or the names of fields. Default: `'alias'`. */
  readonly keys?: 'alias' | 'name' | undefined
  /** Whether fields that are worked out are part of it. Default: `true`. */
  readonly computed?: boolean | undefined
}

/** Refuses options of other names or types. */
export function expectSerializeOptions(options: SerializeOptions): void {
  expectMembers('serialize', options, kinds)
}

const kinds = { keys: ['alias', 'name'], computed: 'boolean' }
