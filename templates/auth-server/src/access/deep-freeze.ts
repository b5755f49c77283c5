/** Freezes plain objects and arrays to the bottom (a Date keeps its setters, which nobody here uses). */
export function deepFreeze<T extends object>(value: T): T {
  for (const member of Object.values(value)) {
    if (typeof member === 'object' && member !== null && !Object.isFrozen(member)) {
      deepFreeze(member)
    }
  }
  return Object.freeze(value)
}
