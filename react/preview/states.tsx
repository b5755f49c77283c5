import { organizationStates } from './organization-states.tsx'
import { signInStates } from './sign-in-states.tsx'
import type { PreviewState } from './state.tsx'

export const states: PreviewState[] = [...signInStates, ...organizationStates]
