import type { Api } from './read-api.ts'

export interface Removal {
  readonly packageName: string
  /** What is gone, as a sentence without its end: `EmpireError is no longer exported by @empire/errors`. */
  readonly description: string
}

/** What users of the earlier API can no longer import. What was added is no matter. */
export function findRemovals(earlier: Api, current: Api): Removal[] {
  const removals: Removal[] = []
  for (const [packageName, doors] of Object.entries(earlier)) {
    const currentDoors = current[packageName]
    if (currentDoors === undefined) {
      removals.push({ packageName, description: `the package ${packageName} is gone` })
      continue
    }
    for (const [door, names] of Object.entries(doors)) {
      const currentNames = currentDoors[door]
      if (currentNames === undefined) {
        removals.push({ packageName, description: `the door ${door} is gone` })
        continue
      }
      for (const [name, kind] of Object.entries(names)) {
        const currentKind = Object.hasOwn(currentNames, name) ? currentNames[name] : undefined
        if (currentKind === undefined) {
          removals.push({ packageName, description: `${door} no longer exports ${name}` })
        } else if (kind === 'value' && currentKind === 'type') {
          removals.push({ packageName, description: `${door} exports ${name} as a type only` })
        }
      }
    }
  }
  return removals
}
