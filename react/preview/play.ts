/** `fill` finds an input by name, `press` a button by what it says. */
export type Play = { fill: string; with: string } | { press: string }

const WAIT_MS = 5_000

/** Does to a state what a person would, each step as soon as its target is there. */
export async function play(frame: HTMLElement, steps: Play[]): Promise<void> {
  for (const step of steps) {
    if ('fill' in step) {
      const input = await find<HTMLInputElement>(frame, `[name="${step.fill}"]`)
      if (input) input.value = step.with
    } else {
      const button = await find<HTMLButtonElement>(frame, 'button', step.press)
      button?.click()
    }
    await pause()
  }
  frame.dataset.played = 'true'
}

async function find<T extends HTMLElement>(frame: HTMLElement, selector: string, says?: string) {
  const until = Date.now() + WAIT_MS
  while (Date.now() < until) {
    for (const element of frame.querySelectorAll<T>(selector)) {
      const name = `${element.getAttribute('aria-label') ?? ''} ${element.textContent ?? ''}`
      if (!says || name.includes(says)) return element
    }
    await pause()
  }
  return null
}

function pause() {
  return new Promise((resolve) => setTimeout(resolve, 30))
}
