/** The budget, or a `TypeError` that says where one can be given. */
export function expectBudget(strategy: string, option: string, budget: number | undefined): number {
  if (budget !== undefined) return budget
  throw new TypeError(
    `${strategy} needs a budget: give "${option}" to it, or "maxTokens" to the call or the context.`,
  )
}
