import { Flags } from '@oclif/core'
import { organizationFlag } from '../../audit/flags.ts'
import { BaseCommand, type CommandInput } from '../../base-command.ts'
import { environmentFlag, modeFlag } from '../../flags.ts'

export default class AuditList extends BaseCommand<typeof AuditList> {
  static override summary = 'Show what happened, newest first'
  static override description =
    "An organization's trail, or the operators' own: keys, sign-ins of people that nobody knows, and all that operators did."
  static override examples = [
    { description: 'What operators did', command: '<%= config.bin %> audit list' },
    {
      description: 'Who was removed from one organization this month',
      command:
        '<%= config.bin %> audit list --organization acme --action "member.*" --from 2026-11-01',
    },
  ]
  static override flags = {
    ...organizationFlag,
    action: Flags.string({ description: 'One action, or a kind: "member.*"', helpValue: '<name>' }),
    actor: Flags.string({
      description: 'Id of a person or machine key, or a kind: user, operator, system, api_key',
      helpValue: '<id>',
    }),
    from: Flags.string({ description: 'From this day or moment on', helpValue: '<date>' }),
    to: Flags.string({ description: 'Before this day or moment', helpValue: '<date>' }),
    limit: Flags.integer({ description: 'How many', default: 50, min: 1, max: 100 }),
    ...environmentFlag,
    ...modeFlag,
  }

  protected async execute({ flags, output, signal }: CommandInput<typeof AuditList>) {
    const { operatorOf } = await import('../../operator/operator-of.ts')
    const { listEvents } = await import('../../audit/trails.ts')
    const { momentOf } = await import('../../audit/moment-of.ts')
    const { relativeDate } = await import('../../output/dates.ts')
    const query = {
      organization: flags.organization,
      action: flags.action,
      actor: flags.actor,
      from: momentOf('--from', flags.from),
      to: momentOf('--to', flags.to),
      limit: String(flags.limit),
    }
    const result = await listEvents(await operatorOf(flags, signal), query)
    const show = () => {
      if (result.data.length === 0) return output.data('No events.')
      output.table(
        [
          { title: 'WHEN', value: (event) => relativeDate(event.createdAt) },
          { title: 'ACTION', value: (event) => event.action },
          {
            title: 'ACTOR',
            value: ({ actor }) => (actor.kind === 'user' ? actor.id : actor.kind),
            dropOrder: 3,
          },
          { title: 'TARGET', value: ({ target }) => target?.id, dropOrder: 2 },
          { title: 'IP', value: (event) => event.ip, dropOrder: 1 },
          { title: 'SEQ', value: (event) => event.seq, align: 'right', dropOrder: 4 },
        ],
        result.data,
      )
      if (result.page.hasMore) output.talk('There are more: narrow it, or authstack audit export.')
    }
    return { result, show }
  }
}
