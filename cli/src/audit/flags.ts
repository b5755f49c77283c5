import { Flags } from '@oclif/core'

/** `--organization`: whose trail; without it, the operators' own. */
export const organizationFlag = {
  organization: Flags.string({
    description: "Slug or id of an organization; without it, the operators' trail",
    helpValue: '<slug>',
  }),
}
