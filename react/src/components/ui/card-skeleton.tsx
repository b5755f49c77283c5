import { Root } from './root.tsx'
import { Skeleton } from './skeleton.tsx'
import { useSlot } from './use-slot.ts'

interface CardSkeletonProps {
  name: string
  className?: string
  /** How many fields are coming. */
  rows: number
  /** Whether a line with a link follows the button. */
  hasFoot?: boolean
}

/** A card whose content is on its way, at the size it will have. */
export function CardSkeleton({ name, className, rows, hasFoot }: CardSkeletonProps) {
  const slot = useSlot()
  return (
    <Root className={className} data-component={name} aria-busy>
      <div className={slot('card')}>
        <span className="as-bone" data-shape="title" aria-hidden="true" />
        <Skeleton rows={rows} />
        <span className="as-bone" data-shape="button" aria-hidden="true" />
        {hasFoot && <span className="as-bone" data-shape="foot" aria-hidden="true" />}
      </div>
    </Root>
  )
}
