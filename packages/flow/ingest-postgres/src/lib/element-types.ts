import type { FieldDef } from 'pg'
import type { Session } from './session.ts'

/** The type of the elements of each type of arrays, by their ids. */
export type ElementTypes = ReadonlyMap<number, number>

/** Of those that are written as `{…}`, with commas; a domain counts as what it is made of. */
const query = `
  select a.oid, case when e.typtype = 'd' then e.typbasetype else e.oid end
  from pg_catalog.pg_type a join pg_catalog.pg_type e on e.oid = a.typelem
  where a.oid = any($1::oid[]) and a.typoutput = 'pg_catalog.array_out'::regproc and a.typdelim = ','`

/** Asks for the types of columns, whoever made them. */
export async function elementTypes(session: Session, fields: readonly FieldDef[]): Promise<ElementTypes> {
  const ids = fields.map(({ dataTypeID }) => dataTypeID)
  const { rows } = await session.run(query, [ids])
  return new Map(rows.map(([array, element]) => [Number(array), Number(element)]))
}
