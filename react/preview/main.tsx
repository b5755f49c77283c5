import { createRoot } from 'react-dom/client'
import '../dist/styles.css'
import './preview.css'
import { State } from './state.tsx'
import { states } from './states.tsx'

// ?only=<name> shows one state, ?theme=dark|light, ?primary=<colour>, ?dir=rtl.
const query = new URLSearchParams(window.location.search)
const only = query.get('only')
const theme = query.get('theme')
const primary = query.get('primary')
if (theme) document.documentElement.dataset.theme = theme
if (query.get('dir')) document.documentElement.dir = query.get('dir') ?? ''

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <div className="gallery">
      {states
        .filter((state) => !only || state.name === only)
        .map((state) => (
          <State
            key={state.name}
            state={state}
            primary={primary}
            dir={query.get('dir') === 'rtl' ? 'rtl' : 'ltr'}
          />
        ))}
    </div>,
  )
}
