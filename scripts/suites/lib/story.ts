import { type TestContext, test } from 'node:test'

/**
 * Tests that tell one story in order. Once a chapter has failed, those after it fail at once instead of
 * waiting for pages that cannot come; `onFailure` sees the scene first.
 */
export function tellStory(onFailure?: (chapter: string) => Promise<void>) {
  let brokenBy: string | undefined
  return (chapter: string, tell: (context: TestContext) => Promise<void> | void) =>
    test(chapter, async (context) => {
      if (brokenBy) throw new Error(`not reached: "${brokenBy}" failed before`)
      try {
        await tell(context)
      } catch (error) {
        brokenBy = chapter
        await onFailure?.(chapter)
        throw error
      }
    })
}
