/** The budget, or a `TypeError` that says where one can be given. */
export function expectBudget(strategy: string, option: string | undefined, budget: number | undefined): number {
  if (budget !== undefined) return budget
  const own = option === undefined ? '' : `"${option}" to it, or `
  throw new TypeError(`${strategy} needs a budget: give ${own}"maxTokens" to the call or the context.`)
}
