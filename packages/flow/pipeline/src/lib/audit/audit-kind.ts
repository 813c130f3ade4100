/** What the kinds of record steps begin with that are entries of an audit: others may stand in the same store. */
export const auditKind = 'pipeline/'
