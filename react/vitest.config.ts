import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'units',
          environment: 'jsdom',
          environmentOptions: { jsdom: { url: 'http://localhost:4300/' } },
          include: ['src/**/*.test.{ts,tsx}'],
          typecheck: {
            enabled: true,
            include: ['src/**/*.test-d.{ts,tsx}'],
            tsconfig: './tsconfig.json',
          },
          setupFiles: ['./test/setup.ts'],
        },
      },
      {
        // Adds names to AuthStackTypes, which every file of the same program would see.
        test: {
          name: 'with names of a project',
          include: [],
          typecheck: {
            enabled: true,
            only: true,
            include: ['test/augmented/*.test-d.tsx'],
            tsconfig: './test/augmented/tsconfig.json',
          },
        },
      },
    ],
  },
})
