/** Regions by the names people know, with DigitalOcean's nearest (DESIGN 11). */
export const regions: { name: string; slug: string; place: string }[] = [
  { name: 'us-east', slug: 'nyc3', place: 'New York' },
  { name: 'us-west', slug: 'sfo3', place: 'San Francisco' },
  { name: 'eu-west', slug: 'ams3', place: 'Amsterdam' },
  { name: 'eu-central', slug: 'fra1', place: 'Frankfurt' },
  { name: 'asia-pacific', slug: 'sgp1', place: 'Singapore' },
  { name: 'australia', slug: 'syd1', place: 'Sydney' },
]

/** No region yet: only the environment `local` of this computer. */
export const localRegion = 'local'

const rawSlugs = ['nyc1', 'nyc2', 'sfo2', 'lon1', 'tor1', 'blr1', 'atl1']

/** True, or what is wrong with a region's name. DigitalOcean's own slugs are taken too. */
export function checkRegion(region: string): true | string {
  const slugs = regions.map(({ slug }) => slug)
  const names = [localRegion, ...regions.map(({ name }) => name)]
  if ([...names, ...slugs, ...rawSlugs].includes(region)) return true
  return `There is no region "${region}". Known: ${names.join(', ')}, or a DigitalOcean slug such as nyc3.`
}
