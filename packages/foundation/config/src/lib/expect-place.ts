import { closestName } from '@empire/errors'
import type { Outline } from './outline.ts'
import type { Path } from './path.ts'

/** Throws unless the settings have room for `path`, before validation or after it. `*` stands for any key. */
export function expectPlace(name: string, path: Path, root: Outline): void {
  let outline = root
  for (const key of path) {
    if (key !== '*' && !outline.gives(key) && !outline.allows(key)) {
      const meant = closestName(key, outline.keys)
      const hint = meant === undefined ? '' : ` Did you mean ${JSON.stringify(meant)}?`
      throw new TypeError(`${name} must lead to a setting, and there is no ${JSON.stringify(key)}.${hint}`)
    }
    outline = outline.below(key)
  }
}
