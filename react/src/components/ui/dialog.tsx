import { type ReactNode, useEffect, useId, useRef } from 'react'
import { useText } from '../../hooks/use-text.ts'
import { Icon } from './icon.tsx'
import { useSlot } from './use-slot.ts'

interface DialogProps {
  isOpen: boolean
  onClose: () => void
  title: string
  body?: string
  role?: 'dialog' | 'alertdialog'
  children: ReactNode
}

/** The browser's own modal: focus trap, Escape, inert page and focus return come with it. */
export function Dialog({ isOpen, onClose, title, body, role, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null)
  const id = useId()
  const slot = useSlot()
  const { text } = useText()
  useEffect(() => {
    const dialog = ref.current
    if (!dialog || !isOpen || dialog.open) return
    dialog.showModal()
    // Not into the close button, which is first: to what the dialog is for, or to its safe answer.
    dialog.querySelector<HTMLElement>('form input, form select, .as-actions button')?.focus()
    return () => dialog.close()
  }, [isOpen])
  if (!isOpen) return null
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the keyboard's way, and native
    <dialog
      ref={ref}
      className={slot('dialog')}
      role={role}
      aria-labelledby={`${id}-title`}
      aria-describedby={body ? `${id}-body` : undefined}
      onClose={onClose}
      onClick={(event) => event.target === ref.current && onClose()}
    >
      <div className="as-dialog-inner">
        <header className="as-dialog-head">
          <div>
            <h2 className="as-dialog-title" id={`${id}-title`}>
              {title}
            </h2>
            {body && (
              <p className="as-muted" id={`${id}-body`}>
                {body}
              </p>
            )}
          </div>
          <button
            type="button"
            className="as-icon-button"
            aria-label={text('common.close')}
            onClick={onClose}
          >
            <Icon name="close" />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  )
}
