/** A value that may be there already. */
export type Eventually<T> = T | Promise<T>

/**
 * Goes on with a value, at once when it is there. A warm request finds all it needs in memory; a
 * promise for each of a dozen steps would cost it more than the steps.
 */
export function whenThere<T, R>(
  value: Eventually<T>,
  next: (value: T) => Eventually<R>,
): Eventually<R> {
  return value instanceof Promise ? value.then(next) : next(value)
}
