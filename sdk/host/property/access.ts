import { fault } from "../faults.ts";
import type { Reader } from "../properties/derivation.ts";
import { decidingRoles, hasPrivilege } from "../session/privileges.ts";
import { numberIn } from "../state/id.ts";
import type { Found } from "./objects.ts";

/**
 * How much of an object a session sees: all that it may read, or only its place in the inventory because something below it may
 * be read, or nothing.
 */
export type Sight = "read" | "view" | "none";

/** What a session may see in one state. The permission table is small, so what follows from it is worked out once a folder. */
export class Access {
  readonly #reader: Reader;
  readonly #readable = new Map<number, boolean>();
  #above: Set<number> | undefined;

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  sight({ key, ref, record }: Found): Sight {
    if (!this.#reader.session) return "view";
    if (typeof key === "string") {
      // Singletons and the session's own objects are everybody's; a browser is as visible as what it belongs to.
      const owner =
        ref.type === "EnvironmentBrowser" || ref.type === "OptionManager" || ref.type.startsWith("Host")
          ? numberIn(key)
          : 0;
      return owner === 0 ? "read" : this.#sightOf(owner);
    }
    if (key > 0) return this.#sightOf(key);
    const entity = entityOf(record);
    return this.#reader.object(entity) ? this.#sightOf(entity) : "read";
  }

  /** Whether a property that takes a privilege may be read on an object that is seen. */
  allows(found: Found, sight: Sight, privilege: string): boolean {
    const { session, core } = this.#reader;
    if (privilege === "System.Anonymous") return true;
    if (!session) throw notAuthenticated(found, privilege);
    if (privilege === "System.View") return sight !== "none";
    if (privilege === "System.Read") return sight === "read";
    const entity = typeof found.key === "number" && found.key > 0 ? found.key : core.rootFolder;
    return hasPrivilege(this.#reader, session, entity, privilege);
  }

  #sightOf(entity: number): Sight {
    if (this.#mayRead(entity)) return "read";
    this.#above ??= this.#placesAboveReadable();
    return this.#above.has(entity) ? "view" : "none";
  }

  /** As `effectiveRoles` has it, but what comes from above is worked out once for all that is in one folder. */
  #mayRead(entity: number): boolean {
    const object = this.#reader.object(entity);
    if (object?.kind === "VirtualMachineSnapshot") return this.#mayRead(object.parent);
    const own = this.#decide(entity, true);
    if (own !== undefined || !object) return own ?? false;
    return this.#inherits(object.parent) || (object.kind === "VirtualMachine" && this.#inherits(object.pool));
  }

  #inherits(entity: number): boolean {
    if (entity === 0) return false;
    const known = this.#readable.get(entity);
    if (known !== undefined) return known;
    const readable = this.#decide(entity, false) ?? this.#inherits(this.#reader.object(entity)?.parent ?? 0);
    this.#readable.set(entity, readable);
    return readable;
  }

  #decide(entity: number, own: boolean): boolean | undefined {
    const { session, roles } = this.#reader;
    const deciding = session && decidingRoles(session, this.#reader.permissions(entity), own);
    return deciding?.some((role) => roles.find(({ id }) => id === role)?.privileges.has("System.Read") ?? false);
  }

  /** Everything on the way from the root to where the session may read something. */
  #placesAboveReadable(): Set<number> {
    const above = new Set<number>();
    for (const [entity] of this.#reader.state.permissions.entries()) {
      if (!this.#mayRead(entity)) continue;
      for (let at = this.#reader.object(entity); at; at = this.#reader.object(at.parent)) above.add(at.id);
    }
    return above;
  }
}

const entityOf = (task: unknown): number =>
  typeof task === "object" && task !== null && "entity" in task && isRef(task.entity) ? numberIn(task.entity.value) : 0;

const isRef = (value: unknown): value is { readonly value: string } =>
  typeof value === "object" && value !== null && "value" in value && typeof value.value === "string";

const notAuthenticated = ({ ref }: Found, privilegeId: string) =>
  fault("NotAuthenticated", { object: ref, privilegeId }, "The session is not authenticated. Log in first.");
