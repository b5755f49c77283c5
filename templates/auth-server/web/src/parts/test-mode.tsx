import { usePackageText } from '../core/package-text.ts'

/** Says on every page of test mode that nothing here is real, so nobody mistakes it for their account. */
export function TestMode() {
  const text = usePackageText()
  return (
    <aside className="test-mode" aria-label={text('common.testMode')}>
      {text('common.testMode')}
    </aside>
  )
}
