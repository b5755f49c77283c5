import { useState } from 'react'
import { useSlot } from './use-slot.ts'

interface AvatarProps {
  name: string
  /** Decides the colour; ids stay when names change. */
  seed: string
  src?: string | null
  shape?: 'circle' | 'square'
  size?: 'small' | 'large'
}

/** A picture, or initials in a colour that stays the same for the same person. Decorative. */
export function Avatar({ name, seed, src, shape = 'circle', size = 'small' }: AvatarProps) {
  const slot = useSlot()
  const [isBroken, setBroken] = useState(false)
  const className = slot('avatar')
  if (src && !isBroken) {
    return (
      <img
        className={className}
        data-shape={shape}
        data-size={size}
        src={src}
        alt=""
        onError={() => setBroken(true)}
      />
    )
  }
  return (
    <span
      className={className}
      data-shape={shape}
      data-size={size}
      style={{ '--as-hue': hueOf(seed) } as React.CSSProperties}
      // Drawn by CSS: as text it would be part of what a button says.
      data-initials={initialsOf(name)}
      aria-hidden="true"
    />
  )
}

/** At most two letters, by code point so that no emoji or surrogate is cut in half. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean)
  const first = [...(words[0] ?? '?')][0] ?? '?'
  const last = words.length > 1 ? ([...(words.at(-1) ?? '')][0] ?? '') : ''
  return (first + last).toLocaleUpperCase()
}

export function hueOf(seed: string): number {
  let hash = 0
  for (const char of seed) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) >>> 0
  return hash % 360
}
