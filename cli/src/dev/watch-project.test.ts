import { expect, it } from 'vitest'
import { isWatched } from './watch-project.ts'

it('watches what a running server is made of, and not what it or an editor writes', () => {
  for (const path of [
    'src/main.ts',
    'extensions/routes/a.ts',
    'web/src/a.tsx',
    'authstack.config.ts',
  ]) {
    expect([path, isWatched(path)]).toEqual([path, true])
  }
  const ignored = ['web/dist/index.html', 'src/a.test.ts', 'node_modules/x/a.js', '.git/HEAD']
  for (const path of [...ignored, 'README.md', 'src/a.ts~', 'src/.a.ts.swp']) {
    expect([path, isWatched(path)]).toEqual([path, false])
  }
})
