/** Finds the thoughts of a model in a text. */
export interface Thoughts {
  /**
   * The thought that begins at an offset, or the end of one that began before the text (`isEnd`); `undefined` if there is
   * none.
   */
  read(offset: number): { readonly end: number; readonly isEnd: boolean } | undefined
}

const tag = /^<(\/?)(think|thinking|thought|thoughts|reasoning|reflection|scratchpad|analysis)>/i
const bracketTag = /^\[(\/?)(THINK)\]/

/** Whether `[THINK]` or `[/THINK]` stands at an offset. */
export function isThoughtBracket(text: string, offset: number): boolean {
  return text.startsWith('[THINK]', offset) || text.startsWith('[/THINK]', offset)
}

/** Thoughts are what stands in `<think>`, `<thinking>`, `<thought>`, `<reasoning>`, `<reflection>`, `<scratchpad>`, `<analysis>` and `[THINK]`. */
export function createThoughts(text: string): Thoughts {
  /** Tags that are not closed any more: they are searched for once only. */
  const open = new Set<string>()
  return {
    read(offset) {
      const start = text.slice(offset, offset + 16)
      const [match, closing, name] = tag.exec(start) ?? bracketTag.exec(start) ?? []
      if (match === undefined || name === undefined) return undefined
      if (closing !== '') return { end: offset + match.length, isEnd: true }
      const end = open.has(name) ? -1 : text.indexOf(match.replace(name, `/${name}`), offset)
      if (end >= 0) return { end: end + name.length + 3, isEnd: false }
      open.add(name)
      return { end: text.length, isEnd: false }
    },
  }
}
