import { describe, expect, it } from 'vitest'
import { createProgress } from './progress.ts'

function terminal(isTTY: boolean | undefined) {
  const written: string[] = []
  let time = 0
  const progress = createProgress({ isTTY, write: (text) => written.push(text) }, () => time)
  return { written, progress, pass: (milliseconds: number) => (time += milliseconds) }
}

describe('createProgress', () => {
  it('writes one line over and over on a terminal', () => {
    const { written, progress, pass } = terminal(true)
    progress.update({ files: 1, chunks: 3 })
    pass(50)
    progress.update({ files: 2, chunks: 5 })
    expect(written).toEqual(['\r\u001b[K1 files read, 3 chunks indexed', '\r\u001b[K2 files read, 5 chunks indexed'])
  })

  it('writes at most 20 times a second', () => {
    const { written, progress, pass } = terminal(true)
    for (let files = 0; files < 100; files++) {
      progress.update({ files, chunks: 0 })
      pass(10)
    }
    expect(written).toHaveLength(20)
  })

  it('clears the line once, and only if there is one', () => {
    const { written, progress } = terminal(true)
    progress.clear()
    expect(written).toEqual([])
    progress.update({ files: 1, chunks: 1 })
    progress.clear()
    progress.clear()
    expect(written.slice(1)).toEqual(['\r\u001b[K'])
  })

  it.each([false, undefined])('is silent where isTTY is %s', (isTTY) => {
    const { written, progress } = terminal(isTTY)
    progress.update({ files: 1, chunks: 1 })
    progress.clear()
    expect(written).toEqual([])
  })
})
