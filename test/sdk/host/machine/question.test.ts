import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fault } from "../../../../sdk/host/faults.ts";
import { askForSpace } from "../../../../sdk/host/machine/question.ts";
import { refOf } from "../../../../sdk/host/state/id.ts";
import type { vim } from "../../../../sdk/vim/index.ts";
import { LabClient } from "../lab-client.ts";

let client: LabClient;
beforeEach(() => {
  client = LabClient.start();
});
afterEach(() => client.close());

const golden = () => client.at("VirtualMachine", "/DC0/vm/golden");
const question = () => client.get(golden(), "runtime.question") as vim.VirtualMachineQuestionInfo | undefined;
const power = () => client.get(golden(), "runtime.powerState");

function ask(): void {
  const full = fault("NoDiskSpace", { datastore: "vmfs-01", file: "[vmfs-01] golden/golden.vmdk" }, "full");
  const { universe } = client.host;
  for (const record of universe.state.objects.values())
    if (record.kind === "VirtualMachine" && refOf(record).value === golden().value)
      universe.transact((tx) => askForSpace(tx, record.id, full));
}

describe("a machine whose guest finds no room for what it writes", () => {
  it("asks what to do, in vSphere's words, and tells in an event", () => {
    expect(question()).toBeUndefined();
    ask();
    expect(question()).toMatchObject({
      text: expect.stringMatching(/^msg\.hbacommon\.outofspace:There is no more space for virtual disk 'golden\.vmdk'/),
      choice: {
        choiceInfo: [
          { key: "0", label: "button.retry", summary: "Retry" },
          { key: "1", label: "button.abort", summary: "Cancel" },
        ],
        defaultIndex: 0,
      },
      message: [{ id: "msg.hbacommon.outofspace" }],
    });
    const [event] = [...client.host.universe.state.events.values()].slice(-1);
    expect(event).toMatchObject({ type: "VmMessageEvent", vmName: "golden" });
  });

  it("asks once, and goes on when it is answered", () => {
    ask();
    const asked = question();
    ask();
    expect(question()).toEqual(asked);
    client.call(golden(), "AnswerVM", { questionId: asked?.id ?? "", answerChoice: "0" });
    expect([question(), power()]).toEqual([undefined, "poweredOn"]);
  });

  it("is switched off by Cancel, and whatever else ends what it was doing voids the question", () => {
    ask();
    client.call(golden(), "AnswerVM", { questionId: question()?.id ?? "", answerChoice: "1" });
    expect([question(), power()]).toEqual([undefined, "poweredOff"]);
    client.run(golden(), "PowerOnVM_Task", {});
    ask();
    client.run(golden(), "ResetVM_Task", {});
    expect(question()).toBeUndefined();
  });

  it("takes no answer to what it does not ask, and no other answer", () => {
    const answer = (questionId: string, answerChoice: string) => () =>
      client.call(golden(), "AnswerVM", { questionId, answerChoice });
    expect(answer("1", "0")).toThrow("does not ask");
    ask();
    expect(answer("no", "0")).toThrow("does not ask");
    expect(answer(question()?.id ?? "", "2")).toThrow("The choices are 0 (Retry) and 1 (Cancel)");
    expect(question()).toBeDefined();
  });
});
