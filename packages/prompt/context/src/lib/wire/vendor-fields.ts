import { refuse, type Vendor, type WireEntry } from './wire-entry.ts'

/** Fields by name. */
export type Fields = Readonly<Record<string, unknown>>

/** What a message holds for one vendor: `metadata: { claude: { cache_control } }`. */
export function vendorFields(entry: WireEntry, vendor: Vendor): Fields {
  const fields: unknown = entry.message.metadata?.[vendor.key]
  if (fields === undefined) return {}
  if (typeof fields === 'object' && fields !== null && !Array.isArray(fields)) return fields as Fields
  throw refuse(vendor, entry, 'metadata', `its metadata.${vendor.key} is to be an object of fields.`)
}

/** The metadata that `vendorFields` reads; none for no fields. */
export function vendorMetadata(vendor: Vendor, fields: Fields): { metadata?: Readonly<Record<string, Fields>> } {
  return Object.keys(fields).length === 0 ? {} : { metadata: { [vendor.key]: fields } }
}

/** The fields but those of the given names, and but those without a value. */
export function otherFields(fields: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(
    Object.entries(fields).filter(([name, value]) => value !== undefined && value !== null && !names.includes(name)),
  )
}
