/** Changes `plans`, and gives `billing`, in the text of an authstack.config.ts. */
export function withPlans(plans: unknown, billing: unknown = { provider: null }) {
  return (text: string): string => {
    const start = text.indexOf('\n  plans: [')
    const end = text.indexOf('\n  organizations: ', start)
    if (start < 0 || end < 0)
      throw new Error('The settings have no plans where they are looked for')
    const own = `\n  plans: ${JSON.stringify(plans)},\n  billing: ${JSON.stringify(billing)},`
    return text.slice(0, start) + own + text.slice(end)
  }
}
