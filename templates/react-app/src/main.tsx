import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { BrowserRouter } from 'react-router'
import { App } from './app.tsx'
import { Notice } from './parts/notice.tsx'
import { readSettings } from './read-settings.ts'

const root = createRoot(document.getElementById('root') as HTMLElement)

readSettings().then(
  (settings) =>
    root.render(
      <StrictMode>
        <BrowserRouter>
          <App settings={settings} />
        </BrowserRouter>
      </StrictMode>,
    ),
  () =>
    root.render(
      <Notice title="This app is not connected yet">
        <p>
          It does not know its sign-in service. Run <code>authstack connect</code> in its folder, or
          see <code>.env.example</code>.
        </p>
      </Notice>,
    ),
)
