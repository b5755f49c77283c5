import { Component, type ReactNode } from 'react'
import { en } from '../messages/en.ts'

/** Shows a way on when a page fails to draw, in place of an empty screen. */
export class CrashGuard extends Component<{ children: ReactNode }, { hasCrashed: boolean }> {
  override state = { hasCrashed: false }

  static getDerivedStateFromError() {
    return { hasCrashed: true }
  }

  override render() {
    if (!this.state.hasCrashed) return this.props.children
    return (
      <main className="page">
        <div className="card" role="alert">
          <h1>{en.crashTitle}</h1>
          <p className="lead">{en.crashText}</p>
          <button
            type="button"
            className="button button-primary button-wide"
            onClick={() => window.location.reload()}
          >
            {en.reload}
          </button>
        </div>
      </main>
    )
  }
}
