import { EmpireError } from '@empire/errors'

/**
 * A receipt that undoes nothing here.
 *
 * - `receipt_mismatch`: the context does not begin with what this compaction left
 * - `invalid_receipt`: it is no receipt, of another version, or not what `apply` gave
 * - `receipt_not_found`: the store does not hold what was stored there
 */
export class ReceiptError extends EmpireError<'receipt_mismatch' | 'invalid_receipt' | 'receipt_not_found'> {}

/** The error for data that is no receipt. */
export function invalidReceipt(problem: string, cause?: unknown): ReceiptError {
  return new ReceiptError(
    'invalid_receipt',
    `The receipt is not one that apply(plan) gave: ${problem}.`,
    cause === undefined ? {} : { cause },
  )
}
