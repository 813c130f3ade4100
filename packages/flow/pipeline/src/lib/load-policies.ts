import type { Policies } from './policies.ts'

let loaded: Policies | undefined

/**
 * What tries again, times and holds back. Apart, for most pipelines have none of that, and need not load it.
 *
 * A pipeline that has some asks as soon as it is defined, so that its runs mostly find it loaded.
 */
export function loadPolicies(): Policies | Promise<Policies> {
  return loaded ?? import('./policies.ts').then(({ policies }) => (loaded = policies))
}
