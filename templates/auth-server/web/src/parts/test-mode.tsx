import { useMessages } from '../messages/en.ts'

/** Says on every page of test mode that nothing here is real, so nobody mistakes it for their account. */
export function TestMode() {
  const text = useMessages()
  return (
    <aside className="test-mode" aria-label={text.testMode}>
      {text.testMode}
    </aside>
  )
}
