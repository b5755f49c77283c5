import { expect, it } from 'vitest'
import { javaMajor } from './java.ts'

it('reads old and new ways of naming a Java version', () => {
  expect(javaMajor('openjdk version "17.0.15" 2025-04-15')).toBe(17)
  expect(javaMajor('openjdk version "25" 2025-09-16')).toBe(25)
  expect(javaMajor('java version "1.8.0_402"')).toBe(8)
  expect(javaMajor('command not found')).toBe(0)
})
