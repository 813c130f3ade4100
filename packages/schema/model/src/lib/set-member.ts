/** Sets a member of an object that is being made: a key such as `__proto__` is one like any other. */
export function setMember(made: Record<PropertyKey, unknown>, key: PropertyKey, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(made, key, { value, enumerable: true, writable: true, configurable: true })
  else made[key] = value
}
