/** The keys to a variable as one text: `user.name`, `items[0].title`, `a["x y"]`. */
export function formatPath([root, ...keys]: readonly (string | number)[]): string {
  return String(root) + keys.map(formatKey).join('')
}

function formatKey(key: string | number): string {
  return typeof key === 'string' && /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`
}
