import type { Value } from "../values/value.ts";
import type { ErrorCategory } from "./category.ts";
import { Exception, type ExceptionOptions } from "./exception.ts";
import type { Position } from "./position.ts";

export interface ErrorOptions extends ExceptionOptions {
  readonly category?: ErrorCategory;
  /** The first part of `FullyQualifiedErrorId`. */
  readonly id?: string;
  /** .NET name of the exception's type, what `catch [...]` compares. */
  readonly type?: string;
  readonly target?: Value;
  readonly position?: Position | undefined;
  /** Name of the command that reports it. */
  readonly command?: string;
}

/** One entry of `$Error`: what failed, where, and of which kind. */
export class ErrorRecord {
  readonly exception: Exception;
  readonly category: ErrorCategory;
  readonly id: string;
  readonly target: Value;
  position: Position | undefined;
  command: string | undefined;
  /** Replaces the exception's message on display (`ErrorDetails`). */
  details: string | undefined;
  /** Set once it has been put in `$Error`, so that a rethrow does not put it there again. */
  logged = false;

  constructor(exception: Exception, options: ErrorOptions = {}) {
    this.exception = exception;
    this.category = options.category ?? "NotSpecified";
    this.id = options.id ?? shortName(exception.typeNames[0] ?? "Exception");
    this.target = options.target ?? null;
    this.position = options.position;
    this.command = options.command;
  }

  static of(message: string, options: ErrorOptions = {}): ErrorRecord {
    const type = options.type ?? "System.Management.Automation.RuntimeException";
    return new ErrorRecord(new Exception(type, message, options), options);
  }

  get message(): string {
    return this.details ?? this.exception.message;
  }

  /** `FullyQualifiedErrorId`, e.g. `CommandNotFoundException`. */
  get fullyQualifiedId(): string {
    return this.command === undefined ? this.id : `${this.id},${this.command}`;
  }

  toString(): string {
    return this.message;
  }
}

function shortName(typeName: string): string {
  return typeName.slice(typeName.lastIndexOf(".") + 1);
}
