/**
 * One place where an organization's truth is kept and changed, thousands where it is read: the directory of each organization in its own
 * small database, as a snapshot and a log of changes, and beside them 64 for persons with the lists of their organizations.
 *
 * @example
 * import Database from "libsql";
 * import { openPlaces } from "bailiwick/authority";
 * import pinecone from "bailiwick/presets/pinecone";
 *
 * const places = openPlaces({ policy: pinecone, databases: () => new Database(":memory:") });
 * const ana = places.person("user/ana@acme.com");
 * await ana.create('{ "id": "c1", "command": "create_organization", "organization": "acme" }', { id: "ana@acme.com" });
 *
 * @module
 */
export { type DevelopmentIssuer, type DevelopmentPerson, type DevelopmentSettings, developmentIssuer } from "./development.js";
export type { SeenChange } from "./history.js";
export { type PersonsPlace, organizationPlace, personsPlace } from "./host.js";
export { type AccountIdentity, type Claims, type Identify, type Identity, type IdentitySettings, type JwkSet, jwtIdentity } from "./identity.js";
export { type PublicJwk, type SigningKeys, newSigningKeys } from "./keys.js";
export type { Listener } from "./listeners.js";
export { type NodeIncoming, type NodeOutgoing, listener } from "./listener.js";
export { type OpenPlaces, type PlacesSettings, databaseName, openPlaces } from "./node.js";
export { OrganizationAuthority, type OrganizationSettings } from "./organization.js";
export type { Reserved } from "./person-ledger.js";
export type { PersonAuthority } from "./person.js";
export { PersonsAuthority, type PersonsSettings } from "./persons.js";
export type * from "./places.js";
export type { AuthorityProblem, ProblemReason } from "./problems.js";
export { Rules } from "./rules.js";
export { SHARDS, shardOf } from "./shards.js";
export { type Service, type ServiceOptions, type ServiceSettings, createService } from "./service.js";
export { type Database, type Sql, type SqlRow, type Statement, type Value, mustBeOutside, overDatabase } from "./sql.js";
export { deliver } from "./telling.js";
export type { View } from "./view.js";
