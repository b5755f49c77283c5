let draining = false

/** Whether this process has been told to stop: it finishes what it has and takes nothing new. */
export const isDraining = (): boolean => draining

export function startDraining(): void {
  draining = true
}
