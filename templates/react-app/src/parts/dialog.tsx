import { type ReactNode, useEffect, useId, useRef } from 'react'

/** A native modal dialog: it keeps the focus inside, and Escape closes it. Mount it to open it. */
export function Dialog(props: { title: string; onClose: () => void; children: ReactNode }) {
  const element = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useEffect(() => {
    const dialog = element.current
    // The element that opened it gets the focus back; the browser does that for showModal.
    if (dialog && !dialog.open) dialog.showModal()
    return () => dialog?.close()
  }, [])
  return (
    <dialog ref={element} className="dialog" aria-labelledby={titleId} onClose={props.onClose}>
      <h2 id={titleId}>{props.title}</h2>
      {props.children}
    </dialog>
  )
}
