import { renderFailure } from '../render/liquid-failure.ts'
import { itemsIn } from '../values/items-in.ts'
import { toInteger } from '../values/to-number.ts'
import { type Filter, filterOf } from './filter.ts'
import { charged, textOf } from './text-filters.ts'

/** Filters of Jekyll and liquidjs that give a list with some elements more or less. None changes the list that it gets. */
export const listChangeFilters: Readonly<Record<string, Filter>> = {
  push: filterOf(1, 1, (run, value, item) => {
    run.use(1)
    return [...itemsIn(value, run), item]
  }),
  unshift: filterOf(1, 1, (run, value, item) => {
    run.use(1)
    return [item, ...itemsIn(value, run)]
  }),
  pop: filterOf(0, 0, (run, value) => itemsIn(value, run).slice(0, -1)),
  shift: filterOf(0, 0, (run, value) => itemsIn(value, run).slice(1)),

  /** Some elements, or characters of a text, by chance: one as it is, more as a list. */
  sample: filterOf(0, 1, (run, value, count = 1) => {
    const items = typeof value === 'string' ? itemsIn([...textOf(run, value)], run) : itemsIn(value, run)
    const wanted = Math.max(0, Math.min(toInteger(count, run), items.length))
    for (let index = 0; index < wanted; index++) {
      run.step()
      const other = index + Math.floor(run.settings.random() * (items.length - index))
      if (other < index || other >= items.length) throw renderFailure('"random" has to give numbers from 0 up to 1.')
      ;[items[index], items[other]] = [items[other], items[index]]
    }
    return count === 1 ? (items[0] ?? null) : items.slice(0, wanted)
  }),

  array_to_sentence_string: filterOf(0, 1, (run, value, connector = 'and') => {
    const word = textOf(run, connector)
    const items = itemsIn(value, run).map((item) => {
      run.step()
      return textOf(run, item)
    })
    const last = items.pop()
    if (last === undefined) return ''
    if (items.length === 0) return last
    return charged(run, `${items.join(', ')}${items.length === 1 ? '' : ','} ${word} ${last}`)
  }),
}
