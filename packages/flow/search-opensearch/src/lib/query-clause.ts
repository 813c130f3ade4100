/** A clause of OpenSearch's query language: the name of the query, and its parts. Plain JSON. */
export type QueryClause = { readonly [query: string]: unknown }
