import { useText } from '../../hooks/use-text.ts'

/** Grey shapes of the size of what is coming, so that nothing jumps when it comes. */
export function Skeleton({ rows = 3, kind = 'field' }: { rows?: number; kind?: 'field' | 'row' }) {
  const { text } = useText()
  return (
    <div className="as-skeleton" data-kind={kind} role="status">
      <span className="as-hidden">{text('common.loading')}</span>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: identical shapes without identity
        <span key={index} className="as-bone" aria-hidden="true" />
      ))}
    </div>
  )
}
