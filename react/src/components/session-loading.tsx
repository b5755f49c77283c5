import { useAuthStack } from '../hooks/context.ts'
import { useSession } from '../hooks/use-session.ts'
import { useText } from '../hooks/use-text.ts'
import { Alert } from './ui/alert.tsx'
import { Button } from './ui/button.tsx'
import { Root } from './ui/root.tsx'

/** Until the session is known. When the instance is out of reach it says so and keeps trying. */
export function SessionLoading() {
  const { client } = useAuthStack()
  const { error } = useSession()
  const { text, errorText } = useText()
  return (
    <Root className="as-centered" data-component="session-loading" aria-busy={!error}>
      {error ? (
        <Alert
          action={
            <Button variant="secondary" onClick={() => void client.refresh().catch(() => {})}>
              {text('common.retry')}
            </Button>
          }
        >
          {errorText(error)}
        </Alert>
      ) : (
        <div role="status" className="as-page-spinner">
          <span className="as-spinner" aria-hidden="true" />
          <span className="as-hidden">{text('common.loading')}</span>
        </div>
      )}
    </Root>
  )
}
