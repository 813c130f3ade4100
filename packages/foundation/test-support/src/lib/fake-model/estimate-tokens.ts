/** About how many tokens a value has: one for four characters of what text it holds. Enough for a fake. */
export function estimateTokens(...values: readonly unknown[]): number {
  let length = 0
  const rest = [...values]
  while (rest.length > 0) {
    const value = rest.pop()
    if (typeof value === 'string') length += value.length
    else if (typeof value === 'object' && value !== null) for (const member of Object.values(value)) rest.push(member)
  }
  return Math.ceil(length / 4)
}
