import { idOf, moment, text, truth, whole } from "../values.ts";
import type { Kind, Values } from "../vi-object.ts";

const info = (values: Values): Readonly<Record<string, unknown>> =>
  typeof values.info === "object" && values.info !== null ? Object.fromEntries(Object.entries(values.info)) : {};

/** PowerCLI's states: an error that somebody cancelled is told apart. */
function state(values: Values): string {
  const { state: now, cancelled } = info(values);
  if (now === "error") return truth(cancelled) ? "Cancelled" : "Error";
  return now === "success" ? "Success" : now === "running" ? "Running" : "Queued";
}

/** What `Get-Task` and `-RunAsync` put out. */
export const task: Kind<"Task"> = {
  type: "Task",
  typeNames: ["Task", "VIObject"],
  paths: ["info"],
  properties: {
    Name: (values) => text(info(values).name) ?? text(info(values).descriptionId),
    Description: (values) => text(info(values).descriptionId),
    State: state,
    IsCancelable: (values) => truth(info(values).cancelable),
    PercentComplete: (values) => (info(values).state === "success" ? 100 : (whole(info(values).progress) ?? 0)),
    StartTime: (values) => moment(info(values).startTime),
    FinishTime: (values) => moment(info(values).completeTime),
    ObjectId: (values) => {
      const entity = info(values).entity;
      return typeof entity === "object" && entity !== null && "type" in entity && "value" in entity
        ? `${entity.type}-${entity.value}`
        : null;
    },
    EntityName: (values) => text(info(values).entityName),
    Id: (_values, object) => idOf(object.ref),
  },
};
