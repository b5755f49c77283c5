/** A role's slug as words, where the instance has not sent its name: `billing-admin` → "Billing admin". */
export function roleName(slug: string): string {
  const words = slug.replaceAll(/[-_]+/g, ' ')
  return words.charAt(0).toLocaleUpperCase() + words.slice(1)
}
