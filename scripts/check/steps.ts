/** How much of the checks to run; each tier holds the ones before it. */
export type Tier = 'quick' | 'default' | 'full'

export type Step = {
  name: string
  /** The smallest tier that runs it. */
  from: Tier
  /** Run at the root of the clone, or in `folder`. `node` is the Node this runs on. */
  command: string[]
  folder?: string
  /** How its output says what was tested: see count-tests.ts. `exit`: one check, passed by exit code 0. */
  counts: 'exit' | 'vitest' | 'node-test' | 'plain'
  /** Needs the running demo: gets AUTHSTACK_TEST_INSTANCE, the path of a JSON file about it. */
  needsInstance?: boolean
  timeoutSeconds?: number
}

const nodeTest = ['node', '--test', '--test-reporter=spec']

/** Every check, in the order it runs: cheap before dear, and what others stand on first. */
export const steps: Step[] = [
  { name: 'Format', from: 'quick', command: ['npx', 'biome', 'format', '.'], counts: 'exit' },
  {
    name: 'Lint',
    from: 'quick',
    command: ['npx', 'biome', 'lint', '--error-on-warnings', '.'],
    counts: 'exit',
  },
  {
    name: 'Types',
    from: 'quick',
    command: ['node', 'scripts/check/check-types.ts'],
    counts: 'plain',
  },
  {
    name: 'Units of the CLI',
    from: 'quick',
    command: ['npm', 'test'],
    folder: 'cli',
    counts: 'vitest',
  },
  {
    name: 'Units of @authstack/react',
    from: 'quick',
    command: ['npm', 'test'],
    folder: 'react',
    counts: 'vitest',
  },
  {
    name: 'Units of the server template',
    from: 'quick',
    command: ['npm', 'test'],
    folder: 'templates/auth-server',
    counts: 'node-test',
  },
  {
    name: 'Units of the sample app',
    from: 'quick',
    command: ['npm', 'test'],
    folder: 'templates/react-app',
    counts: 'node-test',
  },
  {
    name: 'Scripts',
    from: 'quick',
    command: [...nodeTest, 'scripts/{lib,check,setup,docs,bench,scale,client}/**/*.test.ts'],
    counts: 'node-test',
  },
  {
    name: 'Boundaries',
    from: 'quick',
    command: [...nodeTest, 'scripts/boundaries/*.test.ts'],
    counts: 'node-test',
  },
  {
    name: 'Unused code',
    from: 'default',
    command: ['npx', 'knip', '--no-progress'],
    counts: 'exit',
  },
  {
    name: 'Package: exports',
    from: 'default',
    command: ['npx', 'publint', '--strict', '.'],
    folder: 'react',
    counts: 'exit',
  },
  {
    name: 'Package: types',
    from: 'default',
    command: [
      ...['npx', 'attw', '--pack', '.', '--profile', 'esm-only'],
      ...['--exclude-entrypoints', './styles.css'],
    ],
    folder: 'react',
    counts: 'exit',
  },
  {
    name: 'Package: size',
    from: 'default',
    command: ['npx', 'size-limit'],
    folder: 'react',
    counts: 'exit',
  },
  {
    name: 'Keycloak module is what its sources give',
    from: 'default',
    command: ['node', 'scripts/check/check-providers-jar.ts'],
    counts: 'exit',
  },
  // Before the shared instance starts, which would slow what is measured.
  {
    name: 'Figures',
    from: 'full',
    command: ['node', 'scripts/bench/main.ts'],
    counts: 'exit',
    timeoutSeconds: 2400,
  },
  {
    name: 'Hot path',
    from: 'full',
    command: ['node', 'scripts/bench/hot-path.ts'],
    counts: 'exit',
    timeoutSeconds: 1200,
  },
  {
    name: 'Scale',
    from: 'default',
    command: ['node', 'scripts/scale/main.ts'],
    counts: 'exit',
    timeoutSeconds: 3600,
  },
  {
    name: 'Server on real parts',
    from: 'default',
    command: ['npm', 'run', 'test:instance'],
    folder: 'templates/auth-server',
    counts: 'node-test',
    needsInstance: true,
    timeoutSeconds: 1800,
  },
  {
    name: 'Contract (schemathesis)',
    from: 'default',
    command: ['node', 'test/contract/run-contract.ts'],
    folder: 'templates/auth-server',
    counts: 'plain',
    needsInstance: true,
    timeoutSeconds: 1800,
  },
  {
    name: 'Demo',
    from: 'default',
    command: [...nodeTest, 'scripts/suites/demo/*.test.ts'],
    counts: 'node-test',
    needsInstance: true,
  },
  {
    name: 'Realms',
    from: 'default',
    command: [...nodeTest, '--test-concurrency=2', 'scripts/suites/realms/*.test.ts'],
    counts: 'node-test',
    needsInstance: true,
    timeoutSeconds: 900,
  },
  {
    name: 'Bad input',
    from: 'default',
    command: [...nodeTest, '--test-concurrency=2', 'scripts/suites/badinput/*.test.ts'],
    counts: 'node-test',
    needsInstance: true,
    timeoutSeconds: 900,
  },
  {
    name: 'Journey in Chromium',
    from: 'default',
    command: [...nodeTest, '--test-concurrency=1', 'scripts/suites/browser/*.test.ts'],
    counts: 'node-test',
    needsInstance: true,
    timeoutSeconds: 900,
  },
  {
    name: 'Looks',
    from: 'default',
    command: [...nodeTest, '--test-concurrency=1', 'scripts/suites/looks/*.test.ts'],
    counts: 'node-test',
    needsInstance: true,
    timeoutSeconds: 900,
  },
  // Behind the suites, which need not share the instance with ten thousand people.
  {
    name: 'Import of 10,000 people',
    from: 'full',
    command: ['node', 'scripts/bench/import.ts'],
    counts: 'exit',
    needsInstance: true,
    timeoutSeconds: 900,
  },
  {
    name: 'Journey of the CLI',
    from: 'default',
    command: [...nodeTest, '--test-concurrency=1', 'scripts/suites/cli/*.test.ts'],
    counts: 'node-test',
    timeoutSeconds: 1200,
  },
]

const order: Tier[] = ['quick', 'default', 'full']

/** The steps of one tier, in order. */
export function stepsOf(tier: Tier): Step[] {
  return steps.filter((step) => order.indexOf(step.from) <= order.indexOf(tier))
}
