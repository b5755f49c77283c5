/**
 * Empty until a project's own names are put in: `authstack types` writes the file that does it, by
 * `declare module '@authstack/react' { interface AuthStackTypes { permission: …; role: … } }`. From
 * then on a misspelt permission or role does not compile; without it every string does.
 */
// biome-ignore lint/suspicious/noEmptyInterface: only an interface can be added to from outside.
export interface AuthStackTypes {}

/** A permission of the project; `string` until `AuthStackTypes` names them. */
export type PermissionName = AuthStackTypes extends { permission: infer P extends string }
  ? P
  : string

/** The slug of a role of the project; `string` until `AuthStackTypes` names them. */
export type RoleName = AuthStackTypes extends { role: infer R extends string } ? R : string

/**
 * What `hasRole` takes: of a role written out the slug, in any case, since it compares so; and every
 * `string` that is only known at run time, since organizations may have roles beside the project's.
 */
export type RoleInput<Given extends string> = string extends Given
  ? Given
  : Lowercase<Given> extends RoleName
    ? Given
    : RoleName
