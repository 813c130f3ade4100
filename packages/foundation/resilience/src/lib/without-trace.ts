/** Errors that `create` makes have no stack trace, only their message. */
export function withoutTrace<Value>(create: () => Value): Value {
  const limit = Error.stackTraceLimit
  // Reflect, because a hardened environment freezes `Error`, where an assignment would throw.
  Reflect.set(Error, 'stackTraceLimit', 0)
  try {
    return create()
  } finally {
    Reflect.set(Error, 'stackTraceLimit', limit)
  }
}
