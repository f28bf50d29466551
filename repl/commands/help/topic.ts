import type { Command, ParameterSpec } from "../../language/index.ts";

export interface TopicParameter extends Omit<ParameterSpec, "type"> {
  readonly type: string;
}

/** What help can be shown of: a command's declaration, or a function with comment-based help. */
export interface Topic
  extends Pick<
    Command,
    "name" | "aliases" | "summary" | "description" | "defaultSet" | "outputs" | "supportsShouldProcess" | "examples"
  > {
  readonly parameters: Readonly<Record<string, TopicParameter>>;
}
