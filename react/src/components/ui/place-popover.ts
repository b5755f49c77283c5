const GAP = 4
const EDGE = 8

/** Puts `popover` below its trigger, or above when there is no room; never beyond the window. */
export function placePopover(trigger: HTMLElement, popover: HTMLElement, align: 'start' | 'end') {
  const at = trigger.getBoundingClientRect()
  const size = popover.getBoundingClientRect()
  const isRtl = getComputedStyle(trigger).direction === 'rtl'
  const isLeft = (align === 'start') !== isRtl
  const left = isLeft ? at.left : at.right - size.width
  const below = at.bottom + GAP
  const isRoom = below + size.height <= window.innerHeight - EDGE
  const top = isRoom ? below : Math.max(EDGE, at.top - GAP - size.height)
  popover.style.left = `${clamp(left, EDGE, window.innerWidth - size.width - EDGE)}px`
  popover.style.top = `${top}px`
}

function clamp(value: number, min: number, max: number): number {
  return Math.max(min, Math.min(value, max))
}
