import type { AuthStackError } from '../core/authstack-error.ts'

/** What every form takes. */
export interface FormProps {
  className?: string
  /** Called when it is done. */
  onSuccess?: () => void
  onError?: (error: AuthStackError) => void
}
