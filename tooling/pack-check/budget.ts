import type { Footprint } from './footprint.ts'

export type Budgets = Readonly<Record<string, Footprint>>

/** Where a package takes more than its budget. `default` is for packages that have no budget of their own. */
export function compareBudget(packageName: string, footprint: Footprint, budgets: Budgets): string[] {
  const budget = (Object.hasOwn(budgets, packageName) ? budgets[packageName] : undefined) ?? budgets['default']
  if (budget === undefined) return [`${packageName} has no budget in tooling/pack-check/budgets.json`]
  return (['kilobytes', 'dependencies'] as const)
    .filter((measure) => !(footprint[measure] <= budget[measure]))
    .map(
      (measure) =>
        `${footprint[measure]} ${measure} installed, budget ${budget[measure]} (tooling/pack-check/budgets.json)`,
    )
}
