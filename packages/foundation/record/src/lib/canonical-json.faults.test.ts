import { createRandom } from '@empire/test-support'
import { expect, it } from 'vitest'
import { canonicalJson } from './canonical-json.ts'

it('writes a million random numbers in the shortest form that gives them back', () => {
  const random = createRandom(11)
  const view = new DataView(new ArrayBuffer(8))
  const wrong: [number, string][] = []
  for (let count = 0; count < 1_000_000; count++) {
    view.setUint32(0, random.next() * 2 ** 32)
    view.setUint32(4, random.next() * 2 ** 32)
    const value = view.getFloat64(0)
    if (Number.isFinite(value) && !isShortest(canonicalJson(value), value)) wrong.push([value, canonicalJson(value)])
  }
  expect(wrong).toEqual([])
})

function isShortest(text: string, value: number): boolean {
  if (Number(text) !== value || !/^-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?(?:e[+-][1-9]\d*)?$/.test(text)) return false
  const digits = text.replace(/e.*$/, '').replaceAll(/[-.]/g, '').replace(/^0+/, '').replace(/0+$/, '').length
  return digits < 2 || Number(value.toPrecision(digits - 1)) !== value
}
