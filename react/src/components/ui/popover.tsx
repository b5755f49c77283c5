import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { placePopover } from './place-popover.ts'
import { useSlot } from './use-slot.ts'

interface PopoverProps {
  label: string
  /** `menu` for actions; `dialog` when it also holds a search field. */
  role: 'menu' | 'dialog'
  align?: 'start' | 'end'
  triggerClassName: string
  trigger: ReactNode
  children: (close: () => void) => ReactNode
}

/** A button and the panel it opens: top layer, Escape, light dismiss and focus return are native. */
export function Popover(props: PopoverProps) {
  const { label, role, align = 'start', triggerClassName, trigger, children } = props
  const [isOpen, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  const wasOpen = useRef(false)
  const id = useId()
  const slot = useSlot()

  useEffect(() => {
    const element = panel.current
    if (!isOpen || !element || !button.current) return
    element.showPopover?.()
    placePopover(button.current, element, align)
    focusables(element)[0]?.focus({ preventScroll: true })
    const onToggle = (event: Event) => {
      if ((event as ToggleEvent).newState === 'closed') setOpen(false)
    }
    const close = () => setOpen(false)
    element.addEventListener('toggle', onToggle)
    window.addEventListener('resize', close)
    return () => {
      element.removeEventListener('toggle', onToggle)
      window.removeEventListener('resize', close)
    }
  }, [isOpen, align])

  const close = () => {
    setOpen(false)
    button.current?.focus()
  }
  return (
    <>
      <button
        ref={button}
        type="button"
        className={triggerClassName}
        aria-label={label}
        aria-haspopup={role}
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        // The press that dismisses the panel must not open it again by its click.
        onPointerDown={() => {
          wasOpen.current = isOpen
        }}
        onClick={() => {
          setOpen(!wasOpen.current)
          wasOpen.current = false
        }}
      >
        {trigger}
      </button>
      {isOpen && (
        // biome-ignore lint/a11y/noStaticElementInteractions: role is menu or dialog, set below
        // biome-ignore lint/a11y/useAriaPropsSupportedByRole: likewise
        <div
          ref={panel}
          id={id}
          popover="auto"
          role={role}
          aria-label={label}
          className={slot('menu')}
          onKeyDown={(event) => move(event, close)}
        >
          {children(close)}
        </div>
      )}
    </>
  )
}

function move(event: KeyboardEvent<HTMLElement>, close: () => void) {
  if (event.key === 'Escape') {
    event.stopPropagation()
    return close()
  }
  const items = focusables(event.currentTarget)
  const index = items.indexOf(document.activeElement as HTMLElement)
  const isTyping = document.activeElement instanceof HTMLInputElement
  const target =
    event.key === 'ArrowDown'
      ? items[(index + 1) % items.length]
      : event.key === 'ArrowUp'
        ? items[(index - 1 + items.length) % items.length]
        : event.key === 'Home' && !isTyping
          ? items[0]
          : event.key === 'End' && !isTyping
            ? items.at(-1)
            : undefined
  if (!target) return
  event.preventDefault()
  target.focus()
}

function focusables(element: HTMLElement): HTMLElement[] {
  return [...element.querySelectorAll<HTMLElement>('input, button:not(:disabled), a[href]')]
}
