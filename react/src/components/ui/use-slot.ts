import { useAuthStack } from '../../hooks/context.ts'
import type { ElementName } from '../appearance.ts'

/** Joins our class, the customer's for that element, and what else is given. */
export function useSlot() {
  const { appearance } = useAuthStack()
  return (element: ElementName, ...classNames: (string | false | undefined)[]) =>
    [`as-${element}`, ...classNames, appearance.elements?.[element]].filter(Boolean).join(' ')
}
