import { describe, expect, it } from 'vitest'
import { createBudget } from './create-budget.ts'

describe('createBudget', () => {
  it('takes reservations out at once, and gives back what was not spent', () => {
    const budget = createBudget({ limit: 10 })
    const reservation = budget.reserve(7)
    expect(budget).toMatchObject({ spent: 0, reserved: 7, remaining: 3 })
    expect(budget.reserve(4)).toBeUndefined()
    reservation?.spend(2)
    reservation?.settle()
    expect(budget).toMatchObject({ spent: 2, reserved: 0, remaining: 8 })
  })

  it('hears nothing of a reservation that was settled', () => {
    const budget = createBudget({ limit: 10 })
    const reservation = budget.reserve(7)
    reservation?.settle()
    reservation?.spend(5)
    reservation?.settle()
    expect(reservation?.cover(1)).toBe(false)
    expect(reservation?.cover(0)).toBe(false)
    expect(reservation?.reserve(1)).toBeUndefined()
    expect(reservation?.spent).toBe(0)
    expect(budget).toMatchObject({ spent: 0, reserved: 0, remaining: 10 })
  })

  it('counts what was spent beyond a reservation', () => {
    const budget = createBudget({ limit: 10 })
    const reservation = budget.reserve(1)
    reservation?.spend(12)
    reservation?.settle()
    expect(budget).toMatchObject({ spent: 12, remaining: 0 })
    expect(budget.reserve(1)).toBeUndefined()
  })

  it.each([Number.NaN, -1, 0.5, Infinity, '5', undefined])('refuses the limit %s', (limit) => {
    expect(() => createBudget({ limit: limit as number })).toThrow(TypeError)
  })
})
