import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

export default defineConfig({
  plugins: [react(), paintOnceThemed()],
  // The same files answer /login and /test/login, so their addresses start at the root.
  base: '/',
  build: {
    target: 'es2022',
    // Browsers that know light-dark() themselves. Older targets get a rewrite of it that follows the device only,
    // and a project that is always dark would be drawn light.
    cssTarget: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
  },
})

/**
 * Makes the browser hold its first paint until the script has put the project's colours in place (a few
 * milliseconds), so a dark page never flashes white. Browsers that do not know the attribute paint as before.
 */
function paintOnceThemed(): Plugin {
  return {
    name: 'authstack:paint-once-themed',
    transformIndexHtml: {
      order: 'post',
      handler: (html) =>
        html.replace('<script type="module"', '<script type="module" blocking="render"'),
    },
  }
}
