const nameLength = 60
const namePattern = /^[\p{L}\p{N}][\p{L}\p{N}\p{M} .&'’-]*$/u
const slugPattern = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/

/** True, or what is wrong with the name that people will see on the sign-in page. */
export function checkName(name: string): true | string {
  if (!name.trim()) return 'A name has at least one letter.'
  if ([...name].length > nameLength) return `A name has at most ${nameLength} characters.`
  if (!namePattern.test(name)) {
    return "A name is made of letters, digits, spaces and . & ' - and starts with a letter or digit."
  }
  return true
}

/** "Acme Corp" → "acme-corp"; what cannot be written in a-z0-9 is left out. */
export function toSlug(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[-0-9]+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '')
}

/** True, or what is wrong with a slug: it names cookies, token audiences and the npm package. */
export function checkSlug(slug: string): true | string {
  if (slug.length < 3 || slug.length > 40) return 'It needs 3 to 40 characters.'
  if (!slugPattern.test(slug)) {
    return 'It is made of lower-case letters, digits and single hyphens, and starts with a letter.'
  }
  return true
}

/** "acme-auth" → "Acme": the product behind an auth server, as a first guess. */
export function guessName(folderName: string): string {
  const product = toSlug(folderName).replace(/-(auth|auth-server|server|identity|login)$/, '')
  return product
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ')
}
