import { describe, expect, it } from 'vitest'
import { explainError } from './explain-error.ts'

const sqliteError = (message: string, errcode: number) =>
  Object.assign(new Error(message), { code: 'ERR_SQLITE_ERROR', errcode })

describe('explainError', () => {
  it.each([
    ['database or disk is full', 13, ' Make room, and run it again: what was written is kept.'],
    ['attempt to write a readonly database', 8, ''],
  ])('tells of "%s"', (message, errcode, help) => {
    expect(explainError(sqliteError(message, errcode))).toEqual({
      text: `rag: The index file cannot be used: ${message}.${help}\n`,
      code: 2,
    })
  })

  it('leaves a fault of rag as it is', () => {
    expect(explainError(new TypeError('no function'))).toBeUndefined()
  })
})
