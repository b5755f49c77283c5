import type { KeyContext } from '../http/context.ts'

/** The app to go back to after a mailed link: the checked origin of the page that asked, if it is not ours. */
export function returnOrigin({
  origin,
  services,
}: Pick<KeyContext, 'origin' | 'services'>): string | null {
  return origin === services.env.publicUrl ? null : origin
}
