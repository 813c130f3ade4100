/** Whether a text is only white space: what some vendors refuse. */
export function isBlank(text: string): boolean {
  return !/\S/.test(text)
}
