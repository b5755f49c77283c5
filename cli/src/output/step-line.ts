import { formatSeconds, type StepState } from './steps.ts'
import type { Style } from './style.ts'

/** One step as one line: `✓ Keycloak ready 17 s`, `● Reconcile realms 3/12`, `○ Switch`. */
export function stepLine(state: StepState, style: Style, now = Date.now()): string {
  const { marks } = style
  const detail = state.detail ? ` ${style.dim(state.detail)}` : ''
  switch (state.status) {
    case 'done':
      return `${style.accent(marks.done)} ${state.done ?? state.title} ${style.dim(took(state))}`
    case 'failed':
      return `${style.danger(marks.failed)} ${state.title}${detail} ${style.dim(took(state))}`
    case 'skipped':
      return `${style.dim(marks.skipped)} ${style.dim(state.title)}${detail}`
    case 'running': {
      const seconds = state.startedAt === null ? 0 : Math.floor((now - state.startedAt) / 1000)
      // A counter from the first second would only flicker on quick steps.
      const elapsed = seconds >= 2 ? ` ${style.dim(`${seconds} s`)}` : ''
      return `${style.accent(marks.running)} ${state.title}${detail}${elapsed}`
    }
    case 'waiting':
      return style.dim(`${marks.waiting} ${state.title}`)
  }
}

function took(state: StepState): string {
  return formatSeconds(state.seconds ?? 0)
}
