/** Canonical base64 of text in base64, with or without padding, or in passlib's spelling ('.' for '+'). */
export function toBase64(text: string): string | null {
  const plain = text.replaceAll('.', '+').replace(/=+$/, '')
  if (plain === '' || !/^[A-Za-z0-9+/]+$/.test(plain) || plain.length % 4 === 1) return null
  return Buffer.from(plain, 'base64').toString('base64')
}
