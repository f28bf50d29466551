import { errorOfFault, VsphereError } from "../errors.ts";
import type { CallOptions } from "../progress.ts";
import type { Session } from "../session.ts";
import type { Transfer } from "../transport/transport.ts";
import type { Ref, vim } from "../vim/index.ts";

/** A lease as its client holds it: ready, kept up while he works, and then completed or given up. */
export class NfcLease {
  readonly #session: Session;
  readonly #ref: Ref<"HttpNfcLease">;
  readonly info: vim.HttpNfcLeaseInfo;
  readonly #keeper: NodeJS.Timeout;
  #percent = 0;

  private constructor(session: Session, ref: Ref<"HttpNfcLease">, info: vim.HttpNfcLeaseInfo) {
    this.#session = session;
    this.#ref = ref;
    this.info = info;
    // A third of the time that the server waits: two signs may be lost.
    const every = Math.max(1, info.leaseTimeout / 3) * 1000;
    this.#keeper = setInterval(() => void this.#sign(), every);
    this.#keeper.unref();
  }

  /** Waits until a lease is ready. */
  static async ready(session: Session, ref: Ref<"HttpNfcLease">, options: CallOptions): Promise<NfcLease> {
    try {
      for await (const { changes } of session.watch([ref], ["state", "error"], options)) {
        if (changes.state === "error" && changes.error) throw errorOfFault(changes.error, "The lease");
        if (changes.state === "ready") break;
      }
      const [row] = await session.retrieve([ref], ["info"], options);
      if (row?.info) return new NfcLease(session, ref, row.info);
      throw new VsphereError("BadAnswer", "The lease is ready, but does not say what it is about.");
    } catch (error) {
      await session.call(ref, "HttpNfcLeaseAbort", {}).catch(() => undefined);
      throw error;
    }
  }

  get disks(): readonly vim.HttpNfcLeaseDeviceUrl[] {
    return (this.info.deviceUrl ?? []).filter(({ disk }) => disk === true);
  }

  /** How bytes travel: the transport's own way. */
  get transfer(): Transfer {
    const { transfer } = this.#session.transport;
    if (transfer) return transfer;
    throw new VsphereError("NotSupported", "This connection cannot reach the addresses that disks are fetched from.");
  }

  progress(percent: number): void {
    this.#percent = Math.max(0, Math.min(99, Math.floor(percent)));
  }

  async complete(options: CallOptions): Promise<void> {
    clearInterval(this.#keeper);
    await this.#session.call(this.#ref, "HttpNfcLeaseComplete", {}, options);
  }

  /** Gives it up; the server may have done so already. */
  async abort(): Promise<void> {
    clearInterval(this.#keeper);
    await this.#session.call(this.#ref, "HttpNfcLeaseAbort", {}).catch(() => undefined);
  }

  /** Does some work under a lease: it is completed when that succeeds, and given up when it does not. */
  async during<T>(work: () => Promise<T>, options: CallOptions): Promise<T> {
    try {
      const result = await work();
      await this.complete(options);
      return result;
    } catch (error) {
      await this.abort();
      throw error;
    }
  }

  /** One that is lost is made up for by the next. */
  async #sign(): Promise<void> {
    await this.#session.call(this.#ref, "HttpNfcLeaseProgress", { percent: this.#percent }).catch(() => undefined);
  }
}
