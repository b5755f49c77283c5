/** The product's name, as people read it. One place to change it. */
export const brandName = 'Waypoint'

/** The product's mark; decorative, so the name must stand beside it. */
export function BrandMark({ size = 24 }: { size?: number }) {
  return (
    <svg className="brand-mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" />
      <path d="M9 22.5 13.2 9.5h5.6L23 22.5l-7-4.4z" fill="#fff" />
    </svg>
  )
}
