export type { AuditedInputs, AuditedType, AuditEntry } from './lib/audit/audit-entry.ts'
export { type AuditOptions, createAudit } from './lib/audit/create-audit.ts'
export type { HashOrReason } from './lib/audit/hash-value.ts'
