import { Host, type HostOptions } from "../../../sdk/host/index.ts";
import type { ManagedType, Methods, Ref, vim } from "../../../sdk/vim/index.ts";

type Args<T extends ManagedType, M extends keyof Methods<T>> = Methods<T>[M] extends { args: infer A } ? A : never;
type Returns<T extends ManagedType, M extends keyof Methods<T>> = Methods<T>[M] extends { returns: infer R }
  ? R
  : never;

/** A client of an embedded host that calls methods by their wire names, typed, without the SDK above it. */
export class LabClient {
  readonly host: Host;
  readonly connection;
  readonly content: vim.ServiceContent;

  constructor(host: Host, loggedIn = true) {
    this.host = host;
    this.connection = host.connect({ loggedIn, userAgent: "test" });
    this.content = this.call(
      { type: "ServiceInstance", value: "ServiceInstance" } satisfies Ref<"ServiceInstance">,
      "RetrieveServiceContent",
      {},
    );
  }

  static start(options: HostOptions = {}): LabClient {
    return new LabClient(Host.start({ seed: 1, ...options }));
  }

  call<T extends ManagedType, M extends keyof Methods<T> & string>(
    ref: Ref<T> & { readonly type: T },
    method: M,
    args: Args<T, M>,
    signal?: AbortSignal,
  ): Returns<T, M> {
    return this.host.call(this.connection, ref, method, args as Record<string, unknown>, signal) as Returns<T, M>;
  }

  get collector(): Ref<"PropertyCollector"> {
    return this.content.propertyCollector;
  }

  /** Everything at some inventory path, which must be there. */
  at<T extends ManagedType>(type: T, path: string): Ref<T> & { readonly type: T } {
    const { searchIndex } = this.content;
    const found = searchIndex && this.call(searchIndex, "FindByInventoryPath", { inventoryPath: path });
    if (!found || found.type !== type) throw new Error(`no ${type} at ${path}`);
    return found as Ref<T> & { readonly type: T };
  }

  view(type: readonly string[], container: Ref<"ManagedEntity"> = this.content.rootFolder): Ref<"ContainerView"> {
    const { viewManager } = this.content;
    if (!viewManager) throw new Error("no view manager");
    return this.call(viewManager, "CreateContainerView", { container, type, recursive: true }) as Ref<"ContainerView">;
  }

  retrieve(...specSet: vim.PropertyFilterSpec[]): readonly vim.ObjectContent[] {
    return this.call(this.collector, "RetrieveProperties", { specSet });
  }

  /** One property of one object. */
  get(obj: Ref, path: string): unknown {
    const [content] = this.retrieve({ propSet: [{ type: obj.type, pathSet: [path] }], objectSet: [{ obj }] });
    return content?.propSet?.[0]?.val;
  }

  /** Runs a task method on the instant clock and gives the task's result, or throws what it failed with. */
  run<T extends ManagedType, M extends keyof Methods<T> & string>(
    ref: Ref<T> & { readonly type: T },
    method: M,
    args: Args<T, M>,
  ): unknown {
    const task = this.call(ref, method, args) as Ref;
    const info = this.get(task, "info") as vim.TaskInfo;
    if (info.state === "success") return info.result;
    throw new Error(`${method}: ${info.error?.localizedMessage ?? info.state}`);
  }

  /** What a container view shows, with some properties. */
  static through(view: Ref, type: string, pathSet?: readonly string[]): vim.PropertyFilterSpec {
    const traversal: vim.TraversalSpec = { _typeName: "TraversalSpec", type: view.type, path: "view", skip: false };
    return {
      propSet: [pathSet ? { type, pathSet } : { type, all: true }],
      objectSet: [{ obj: view, skip: true, selectSet: [traversal] }],
    };
  }

  close(): void {
    this.host.close();
  }
}
