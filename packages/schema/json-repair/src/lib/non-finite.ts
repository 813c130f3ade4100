import { applyEdits, type RepairEdit } from './repair-edit.ts'

/**
 * The value of a repaired text with `NaN` and the infinities in it, which JSON cannot write: they stand as `null` in the
 * text.
 */
export function withNonFinite(
  text: string,
  edits: readonly RepairEdit[],
  numbers: ReadonlyMap<number, number>,
): unknown {
  if (numbers.size === 0) return JSON.parse(applyEdits(text, edits))
  for (let attempt = 0; ; attempt++) {
    const sign = `\u0000non-finite ${attempt} `
    const marked = edits.map((edit) => {
      const number = edit.replacement === 'null' && edit.length > 0 ? numbers.get(edit.offset) : undefined
      return number === undefined ? edit : { ...edit, replacement: JSON.stringify(`${sign}${number}`) }
    })
    const root = { value: JSON.parse(applyEdits(text, marked)) as unknown }
    const expected = marked.filter((edit, index) => edit !== edits[index]).length
    if (replaceMarks(root, sign, false) === expected) {
      replaceMarks(root, sign, true)
      return root.value
    }
  }
}

/** Counts the marks in a value, and puts the numbers in their place with `replace`. */
function replaceMarks(root: object, sign: string, replace: boolean): number {
  let count = 0
  const open: object[] = [root]
  for (let holder = open.pop(); holder !== undefined; holder = open.pop()) {
    for (const [key, value] of Object.entries(holder) as [string, unknown][]) {
      if (typeof value === 'object' && value !== null) open.push(value)
      else if (typeof value === 'string' && value.startsWith(sign)) {
        count++
        if (replace) Object.defineProperty(holder, key, { value: Number(value.slice(sign.length)) })
      }
    }
  }
  return count
}
