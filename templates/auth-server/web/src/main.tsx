import './styles/pages.css'
import '@authstack/react/styles.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { applyTheme } from './core/apply-theme.ts'
import { readPageConfig } from './core/page-config.ts'
import { takeToken } from './core/page-location.ts'
import { en } from './messages/en.ts'
import { CrashGuard } from './parts/crash-guard.tsx'

const config = readPageConfig(document.getElementById('authstack-config')?.textContent)
const linkToken = takeToken()
const requestId = new URLSearchParams(window.location.search).get('request')
applyTheme(config?.theme ?? null)

// The script may run before the body is parsed: it blocks the first paint so that no wrong colour shows.
if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', draw)
else draw()

function draw() {
  const root = createRoot(document.getElementById('root') as HTMLElement)
  if (!config) {
    root.render(
      <main className="page">
        <div className="card">
          <h1>{en.noConfigTitle}</h1>
          <p className="lead">{en.noConfigText}</p>
        </div>
      </main>,
    )
    return
  }
  root.render(
    <StrictMode>
      <CrashGuard>
        <App page={{ config, linkToken, requestId }} />
      </CrashGuard>
    </StrictMode>,
  )
}
