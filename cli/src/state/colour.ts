import type { Colour } from './state-paths.ts'

/** The colour that does not serve; `a` before the first flip. */
export function otherColour(colour: Colour | null): Colour {
  return colour === 'a' ? 'b' : 'a'
}
