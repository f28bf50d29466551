import { aborted, errorOfFault, throwIfAborted, VsphereError } from "../errors.ts";
import type { ProgressOptions } from "../progress.ts";
import type { Session } from "../session.ts";
import type { Ref, vim } from "../vim/index.ts";

interface Waiting {
  readonly ref: Ref<"Task">;
  readonly settle: (info: vim.TaskInfo | VsphereError) => void;
  readonly tell: (info: vim.TaskInfo) => void;
}

/** Waits for all running tasks of a session through one list view and one filter on it. */
export class TaskWaiter {
  readonly #session: Session;
  readonly #waiting = new Map<string, Waiting[]>();
  #view: Promise<{ view: Ref<"ListView">; collector: Ref<"PropertyCollector"> }> | undefined;
  #add: Ref<"Task">[] = [];
  #drop: Ref<"Task">[] = [];
  #flushing: Promise<void> | undefined;
  #pumping = false;
  #version = "";

  constructor(session: Session) {
    this.#session = session;
  }

  async wait(ref: Ref<"Task">, options: ProgressOptions): Promise<vim.TaskInfo> {
    const { signal, onProgress } = options;
    throwIfAborted(signal, `Waiting for ${ref.value}`);
    const outcome = await new Promise<vim.TaskInfo | VsphereError>((resolve) => {
      const abort = () => signal && settle(aborted(signal, `Waiting for ${ref.value}`));
      const settle = (result: vim.TaskInfo | VsphereError) => {
        signal?.removeEventListener("abort", abort);
        this.#forget(ref, waiting);
        resolve(result);
      };
      const tell = (info: vim.TaskInfo) =>
        onProgress?.({ activity: info.descriptionId, done: info.progress ?? 0, total: 100, failed: 0 });
      const waiting: Waiting = { ref, settle, tell };
      signal?.addEventListener("abort", abort, { once: true });
      const others = this.#waiting.get(ref.value);
      if (others) others.push(waiting);
      else {
        this.#waiting.set(ref.value, [waiting]);
        this.#add.push(ref);
      }
      this.#run();
    });
    if (outcome instanceof VsphereError) throw outcome;
    return outcome;
  }

  #forget(ref: Ref<"Task">, waiting: Waiting): void {
    const left = (this.#waiting.get(ref.value) ?? []).filter((other) => other !== waiting);
    if (left.length > 0) this.#waiting.set(ref.value, left);
    else if (this.#waiting.delete(ref.value)) this.#drop.push(ref);
  }

  #run(): void {
    this.#flushing ??= Promise.resolve().then(() => this.#flush());
    if (this.#pumping) return;
    this.#pumping = true;
    void this.#pump();
  }

  /** Tells the view, in one call, of all that was asked for since the last. */
  async #flush(): Promise<void> {
    this.#flushing = undefined;
    try {
      const { view } = await this.#open();
      const add = this.#add.splice(0);
      const remove = this.#drop.splice(0).filter((ref) => !this.#waiting.has(ref.value));
      if (add.length === 0 && remove.length === 0) return;
      const unknown = await this.#session.call(view, "ModifyListView", { add, remove });
      for (const ref of unknown) {
        this.#settle(
          ref.value,
          new VsphereError("NotFound", `There is no task ${ref.value}; finished tasks are kept for a while only.`),
        );
      }
    } catch (error) {
      this.#fail(error);
    }
  }

  async #pump(): Promise<void> {
    try {
      const { collector } = await this.#open();
      while (this.#waiting.size > 0) {
        if (this.#flushing) await this.#flushing;
        const options = { maxWaitSeconds: 600 };
        const set = await this.#session.call(collector, "WaitForUpdatesEx", { version: this.#version, options });
        if (!set) continue;
        this.#version = set.version;
        for (const filter of set.filterSet ?? []) for (const update of filter.objectSet ?? []) this.#see(update);
      }
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#pumping = false;
    }
    if (this.#waiting.size > 0) this.#run();
  }

  #see(update: vim.ObjectUpdate): void {
    for (const change of update.changeSet ?? []) {
      const info = change.val;
      if (change.name !== "info" || !isTaskInfo(info)) continue;
      if (info.state === "success") this.#settle(update.obj.value, info);
      else if (info.state === "error" && info.error)
        this.#settle(update.obj.value, errorOfFault(info.error, "", info.task));
      else for (const waiting of this.#waiting.get(update.obj.value) ?? []) waiting.tell(info);
    }
  }

  #settle(task: string, result: vim.TaskInfo | VsphereError): void {
    for (const waiting of this.#waiting.get(task) ?? []) waiting.settle(result);
  }

  #fail(error: unknown): void {
    const reason =
      error instanceof VsphereError ? error : new VsphereError("BadAnswer", String(error), { cause: error });
    for (const task of [...this.#waiting.keys()]) this.#settle(task, reason);
    this.#view = undefined;
    this.#version = "";
    this.#add = [];
    this.#drop = [];
  }

  #open(): Promise<{ view: Ref<"ListView">; collector: Ref<"PropertyCollector"> }> {
    this.#view ??= this.#create();
    return this.#view;
  }

  async #create(): Promise<{ view: Ref<"ListView">; collector: Ref<"PropertyCollector"> }> {
    const { content } = this.#session;
    if (!content.viewManager)
      throw new VsphereError("NotSupported", "The server has no ViewManager to wait for tasks with.");
    const view = await this.#session.call(content.viewManager, "CreateListView", {});
    const collector = await this.#session.call(content.propertyCollector, "CreatePropertyCollector", {});
    const toTasks: vim.TraversalSpec = { _typeName: "TraversalSpec", type: "ListView", path: "view", skip: false };
    const spec: vim.PropertyFilterSpec = {
      propSet: [{ type: "Task", pathSet: ["info"] }],
      objectSet: [{ obj: view, skip: true, selectSet: [toTasks] }],
    };
    await this.#session.call(collector, "CreateFilter", { spec, partialUpdates: false });
    return { view, collector };
  }
}

const isTaskInfo = (value: unknown): value is vim.TaskInfo =>
  typeof value === "object" && value !== null && "state" in value && "task" in value;
