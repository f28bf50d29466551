import { CATEGORIES, command, type ErrorCategory, ErrorRecord, Exception, scriptError } from "../../language/index.ts";

export const writeError = command({
  name: "Write-Error",
  summary: "Reports an error and goes on, unless the error action says to stop.",
  parameters: {
    Message: {
      type: "string",
      position: 0,
      pipeline: "value",
      aliases: ["Msg"],
      allowEmpty: true,
      help: "What went wrong.",
    },
    Exception: { type: "object", help: "The exception to report." },
    ErrorRecord: { type: "object", help: "The error record to report, such as $_ in a catch block." },
    Category: { type: "string", values: CATEGORIES, default: "NotSpecified", help: "Kind of the error." },
    ErrorId: { type: "string", help: "Name of the error, for scripts." },
    TargetObject: { type: "object", help: "What it was about." },
    RecommendedAction: { type: "string", help: "What to do about it; added to the message." },
    CategoryActivity: { type: "string", help: "Accepted for compatibility.", aliases: ["Activity"] },
    CategoryReason: { type: "string", help: "Accepted for compatibility.", aliases: ["Reason"] },
    CategoryTargetName: { type: "string", help: "Accepted for compatibility.", aliases: ["TargetName"] },
    CategoryTargetType: { type: "string", help: "Accepted for compatibility.", aliases: ["TargetType"] },
  },
  examples: [
    {
      code: "try { Write-Error 'No space left.' -ErrorAction Stop } catch { \"caught: $_\" }",
      note: "An error that a script handles.",
      output: "caught: No space left.\n",
    },
  ],
  process(ctx, args) {
    const record = args.ErrorRecord;
    if (record instanceof ErrorRecord) return ctx.error(record);
    const exception = args.Exception;
    const text = [
      args.Message ?? (exception instanceof Exception ? exception.message : undefined),
      args.RecommendedAction,
    ];
    const message = text.filter((part) => part !== undefined).join(" ");
    if (args.Message === undefined && exception === undefined) {
      throw scriptError("Write-Error needs -Message, -Exception or -ErrorRecord.", { category: "InvalidArgument" });
    }
    const options = {
      category: categoryOf(args.Category),
      id: args.ErrorId ?? "Microsoft.PowerShell.Commands.WriteErrorException",
      target: args.TargetObject ?? null,
    };
    if (exception instanceof Exception) {
      const made = new ErrorRecord(exception, options);
      made.details = message;
      return ctx.error(made);
    }
    return ctx.error(
      ErrorRecord.of(message, { ...options, type: "Microsoft.PowerShell.Commands.WriteErrorException" }),
    );
  },
});

function categoryOf(name: string): ErrorCategory {
  return CATEGORIES.find((category) => category === name) ?? "NotSpecified";
}
