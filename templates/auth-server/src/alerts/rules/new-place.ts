/**
 * A device or a country that this person was not seen at before. The first one ever is learned without
 * a word: there is nothing yet that it could differ from.
 */
export function isNewPlace(known: readonly string[], seen: string | null): boolean {
  return seen !== null && known.length > 0 && !known.includes(seen)
}
