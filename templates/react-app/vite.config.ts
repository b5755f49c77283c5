import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [react()],
  build: {
    target: 'es2022',
    // Browsers that know light-dark() themselves. Older targets get a rewrite of it that follows the device only,
    // and an instance whose theme is always dark would be drawn light.
    cssTarget: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
  },
})
